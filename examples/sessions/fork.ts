// Forks a thread: the copy continues in its own way, and the original stays unchanged.
import { createCodex, latestSession$, sessions$ } from '@codex-rx/core';
import { finalMessage } from '@codex-rx/operators';
import { model } from '@codex-rx/testing';
import { lastValueFrom, take } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [model.say('Red.'), model.say('Instead: blue.'), model.say('As I said: red.')],
});
const options = { ...source.options, workingDirectory: source.folder, timeout: 60_000 };
const codex = createCodex(options);

await lastValueFrom(codex.exec$({ prompt: 'Name a color.' }));
const { id: session } = await lastValueFrom(latestSession$({ ...options, folder: source.folder }));

console.log(await lastValueFrom(codex.fork$({ session, prompt: 'Another one instead.' }).pipe(finalMessage())));
console.log(await lastValueFrom(codex.resume$({ session, prompt: 'Which one?' }).pipe(finalMessage())));

await sessions$(options)
  .pipe(take(2))
  .forEach(({ firstPrompt, forkedFrom }) => {
    console.log(`${firstPrompt ?? ''} ${forkedFrom === session ? '(a fork)' : '(the original)'}`);
  });
