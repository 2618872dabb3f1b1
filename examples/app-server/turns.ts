// Two turns of a thread on one server. The second one is steered while it works; a third one is interrupted.
import { openAppServer } from '@codex-rx/core/app-server';
import { textDeltas } from '@codex-rx/operators';
import { model } from '@codex-rx/testing';
import { catchError, EMPTY, ignoreElements, lastValueFrom, merge, mergeMap, take } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [
    model.say('Hello! What shall I do?', { deltas: true }),
    model.run('sleep 0.5'),
    model.say('I waited, and I greet you in French: bonjour.'),
    model.run('sleep 300'),
    model.hang(),
  ],
  session: 'turns',
});
const { binary, codexHome, env, model: slug } = source.options;

await using server = await openAppServer({ binary, codexHome, env });
const thread = await lastValueFrom(server.thread.start$({ model: slug, workingDirectory: source.folder }));

await thread
  .turn$('Say hello.')
  .pipe(textDeltas())
  .forEach(({ text }) => process.stdout.write(text));
console.log();

// The command of the second turn takes a moment: enough to add something.
const turn$ = thread.turn$('Wait a moment.');
const steered$ = thread.events$.pipe(
  mergeMap((event) => (event.type === 'item.started' && event.item.type === 'command_execution' ? ['now'] : EMPTY)),
  take(1),
  mergeMap(() => thread.steer$('Greet me in French, too.')),
  // If the turn ended before, the input was not delivered.
  catchError(() => EMPTY),
  ignoreElements(),
);
const events$ = merge(steered$, turn$);
await events$.forEach((event) => {
  if (event.type === 'item.completed' && event.item.type === 'agent_message') console.log(event.item.text);
});

// Unsubscribing, here by `take`, interrupts the turn and kills its command.
const started$ = thread
  .turn$('Wait for five minutes.')
  .pipe(mergeMap((event) => (event.type === 'item.started' && 'command' in event.item ? [event.item.command] : [])));
await started$.pipe(take(1)).forEach((command) => {
  console.log(`interrupted: ${command}`);
});
