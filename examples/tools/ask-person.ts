// The agent asks a person in the terminal.

import { createInterface } from 'node:readline/promises';
import { PassThrough } from 'node:stream';
import { createCodex, tool } from '@codex-rx/core';
import { finalMessage } from '@codex-rx/operators';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [model.tool('ask_person', { question: 'Which color do you like?' }), model.say('You like red.')],
});
const input = source.isLive ? process.stdin : new PassThrough();

const askPerson = tool({
  name: 'ask_person',
  description: 'Asks the person at the terminal a question, and returns the answer.',
  parameters: { type: 'object', properties: { question: { type: 'string' } }, required: ['question'] },
  // A person may need a while, and can answer one question at a time.
  timeout: 10 * 60_000,
  concurrency: 1,
  execute: async ({ question }, { signal }) => {
    const terminal = createInterface({ input, output: process.stdout });
    // Answers as a person would.
    if (input instanceof PassThrough) setImmediate(() => input.write('red\n'));
    try {
      return await terminal.question(`${question}\n`, { signal });
    } finally {
      terminal.close();
    }
  },
});

const codex = createCodex({ ...source.options, workingDirectory: source.folder, tools: [askPerson] });
const prompt = source.args[0] ?? 'Ask me which color I like.';
console.log(await lastValueFrom(codex.exec$({ prompt, timeout: 15 * 60_000 }).pipe(finalMessage())));
