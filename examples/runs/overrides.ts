// Sets options of the CLI for a client, and replaces some for one request.
import { createCodex } from '@codex-rx/core';
import { model } from '@codex-rx/testing';
import { openSource } from '../support/source.js';

await using source = await openSource({ script: [model.say('Done.')] });

const codex = createCodex({
  ...source.options,
  sandbox: 'read-only',
  disable: ['memories'],
  config: { model_verbosity: 'low', tools: { view_image: false } },
  timeout: 60_000,
});

// Scalars replace those of the client, lists are joined, tables are merged key by key.
const request = {
  prompt: 'Say done.',
  workingDirectory: source.folder,
  sandbox: 'workspace-write',
  disable: ['goals'],
  config: { model_verbosity: 'high' },
  configOverrides: ['hide_agent_reasoning=true'],
} as const;

await codex.run$(request).forEach((notification) => {
  if (notification.type === 'started') console.log(notification.argv.join(' '));
  if (notification.type === 'exited') console.log(notification.lastMessage);
});
