import process from 'node:process';
import { exec$ } from '@codex-rx/core';
import { defineConfig } from 'vitest/config';
import { sendEvents } from './server/send-events.js';

const run$ = exec$({
  prompt: process.env.PROMPT ?? 'Describe this folder in one sentence.',
  workingDirectory: '.',
  sandbox: 'read-only',
});

export default defineConfig({
  plugins: [
    {
      name: 'run',
      configureServer: ({ middlewares }) => {
        middlewares.use('/events', sendEvents(run$));
      },
    },
  ],
  test: { environment: 'jsdom', include: ['test/*.spec.{ts,tsx}'], testTimeout: 60_000 },
});
