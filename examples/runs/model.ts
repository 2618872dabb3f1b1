// Selects the model and how much it reasons.
import { createCodex } from '@codex-rx/core';
import { model } from '@codex-rx/testing';
import { openSource } from '../support/source.js';

await using source = await openSource({ script: [model.say('Four.')] });
const [name = 'gpt-5.5'] = source.args;

const codex = createCodex({ ...source.options, model: name, timeout: 60_000 });
const request = { prompt: 'What is two and two?', reasoning: { effort: 'low', verbosity: 'low' } } as const;

// `run$` also emits the command line, standard error and the exit code.
await codex.run$(request).forEach((notification) => {
  if (notification.type === 'started') console.log(notification.command.split('/').at(-1));
  if (notification.type === 'exited') console.log(notification.lastMessage);
});
