// Cancels a run in the middle of a command. When the Observable errors, the command is gone, too.
import { createCodex, isCodexError, whenIdle } from '@codex-rx/core';
import { ofItem, shellCommand } from '@codex-rx/operators';
import { model } from '@codex-rx/testing';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [model.run('sleep 300'), model.say('Slept.')],
  sample: {
    steps: [
      { line: { type: 'turn.started' } },
      {
        line: {
          type: 'item.started',
          item: { id: 'item_0', type: 'command_execution', command: 'sleep 300', status: 'in_progress' },
        },
      },
      { hang: true },
    ],
  },
});
const codex = createCodex({ ...source.options, timeout: 60_000 });
const abort = new AbortController();

try {
  await codex
    .exec$({ prompt: 'Run `sleep 300`.', signal: abort.signal })
    .pipe(ofItem('command_execution'))
    .forEach(({ item }) => {
      console.log(`${item.status}: ${shellCommand(item)}`);
      abort.abort();
    });
} catch (error) {
  if (!isCodexError(error, 'ABORT_ERR')) throw error;
  console.log(error.code);
}

// A subscription ends its run in the same way: `subscription.unsubscribe()`, `takeUntil`, `switchMap`, …
await whenIdle();
console.log('No process of the run remains.');
