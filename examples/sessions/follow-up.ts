// Asks twice in one thread: the second turn knows the first.
import { createCodex } from '@codex-rx/core';
import { fixtureScript, model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [model.say('One.'), model.say('Two.')],
  sample: {
    ...fixtureScript('0.171.0/resumed-thread-1'),
    cases: [{ argv: ['resume'], steps: fixtureScript('0.171.0/resumed-thread-2').steps ?? [] }],
  },
});
const codex = createCodex({ ...source.options, workingDirectory: source.folder, timeout: 60_000 });

// The first turn starts the thread, later ones resume it: one process for each turn, one at a time.
const thread = codex.thread();
const first = await lastValueFrom(thread.runTurn$('Count: say "One."'));
console.log(first.text);

const second = await lastValueFrom(thread.runTurn$('Continue.'));
console.log(second.text);
console.log(`${second.turnUsage?.output_tokens ?? 0} of ${second.usage?.output_tokens ?? 0} tokens`);

// Another process continues with the id: `codex.thread(id)`.
console.log(first.threadId === thread.id ? 'one thread' : 'two threads');
