// Forks a thread: the copy continues in its own way, and the original stays unchanged.
import { createCodex } from '@codex-rx/core';
import { model } from '@codex-rx/testing';
import { lastValueFrom, take } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [model.say('Red.'), model.say('Instead: blue.'), model.say('As I said: red.')],
});
const codex = createCodex({ ...source.options, workingDirectory: source.folder, timeout: 60_000 });

const original = codex.thread();
await lastValueFrom(original.turn$('Name a color.'));

const fork = await lastValueFrom(original.fork$());
const { text } = await lastValueFrom(fork.runTurn$('Another one instead.'));
console.log(text);

const { text: unchanged } = await lastValueFrom(original.runTurn$('Which one?'));
console.log(unchanged);

await codex
  .sessions$()
  .pipe(take(2))
  .forEach(({ id, firstPrompt, forkedFrom }) => {
    if (id === original.id) console.log(`${firstPrompt ?? ''} (the original)`);
    if (id === fork.id) console.log(`${firstPrompt ?? ''} (a fork: ${forkedFrom === original.id})`);
  });
