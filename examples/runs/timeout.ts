// Limits the time of a run. At the limit its processes are killed, and the run errors. `timeout: 0` removes the limit.
import { createCodex, isCodexError } from '@codex-rx/core';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [model.when('slowly', model.hang()), model.when('quickly', model.say('Done in time.'))],
  sample: {
    cases: [{ argv: ['exec'], nth: 1, steps: [{ line: { type: 'turn.started' } }, { hang: true }] }],
    steps: [
      { line: { type: 'item.completed', item: { id: 'item_0', type: 'agent_message', text: 'Done in time.' } } },
      { line: { type: 'turn.completed' } },
    ],
  },
});
const codex = createCodex({ ...source.options, sandbox: 'read-only' });

try {
  await lastValueFrom(codex.sendPrompt$({ prompt: 'Count the files of this computer, slowly.', timeout: 500 }));
} catch (error) {
  if (!isCodexError(error, 'RUN_TIMEOUT')) throw error;
  console.log(`${error.code}: ${error.message}`);
}

// The default is 120 s. A run without a limit needs another way to end, such as `idleTimeout` or a signal.
console.log(await lastValueFrom(codex.sendPrompt$({ prompt: 'Say "Done in time." quickly.', timeout: 0 })));
