// Asks twice in one thread: the second turn knows the first.
import { createCodex } from '@codex-rx/core';
import { finalMessage } from '@codex-rx/operators';
import { fixtureScript, model } from '@codex-rx/testing';
import { lastValueFrom, tap } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [model.say('One.'), model.say('Two.')],
  sample: {
    ...fixtureScript('0.171.0/resumed-thread-1'),
    cases: [{ argv: ['resume'], steps: fixtureScript('0.171.0/resumed-thread-2').steps ?? [] }],
  },
});
const codex = createCodex({ ...source.options, workingDirectory: source.folder, timeout: 60_000 });

let session = '';
const first$ = codex.exec$({ prompt: 'Count: say "One."' }).pipe(
  tap((event) => {
    if (event.type === 'thread.started') session = event.thread_id;
  }),
  finalMessage(),
);
console.log(await lastValueFrom(first$));
console.log(await lastValueFrom(codex.resume$({ session, prompt: 'Continue.' }).pipe(finalMessage())));
