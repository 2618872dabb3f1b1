import type { ThreadEvent } from '@codex-rx/core';
import { snapshots } from '@codex-rx/operators';
import { events } from '@codex-rx/testing';
import { concat, EMPTY, firstValueFrom, from, type Observable, throwError } from 'rxjs';
import { type Outcome, outcome, verdict } from '../../src/terminal/outcome.js';

const begun = [events.threadStarted('abc'), events.turnStarted()];

function ended(run$: Observable<ThreadEvent>): Promise<Outcome> {
  return firstValueFrom(run$.pipe(snapshots(), outcome()));
}

it('is what a run that completes has told', async () => {
  expect(await ended(from(begun))).toMatchObject({ snapshot: { threadId: 'abc' }, error: undefined });
});

it('is what a run that fails has told, and the error', async () => {
  const error = new Error('no');
  const run$ = concat(
    from(begun),
    throwError(() => error),
  );
  expect(await ended(run$)).toMatchObject({ snapshot: { threadId: 'abc' }, error });
});

it('has no snapshot where nothing was told', async () => {
  expect(await ended(EMPTY)).toEqual({ snapshot: undefined, error: undefined });
});

it.each<[string, readonly ThreadEvent[], unknown, boolean, string]>([
  ['a turn that was completed', events.run(), undefined, false, 'completed'],
  ['a turn that was completed before Ctrl-C', events.run(), undefined, true, 'completed'],
  ['a run that failed', begun, new Error('no'), false, 'failed'],
  ['a record of a turn that failed', [...begun, events.turnFailed('no')], undefined, false, 'failed'],
  ['a run that was ended by Ctrl-C', begun, new Error('aborted'), true, 'stopped'],
  ['a replay that was ended by Ctrl-C', begun, undefined, true, 'stopped'],
  ['a record that ends too early', begun, undefined, false, 'unfinished'],
  ['an empty record', [], undefined, false, 'unfinished'],
])('judges %s', async (_name, told, error, wasStopped, expected) => {
  const { snapshot } = await ended(from(told));
  expect(verdict({ snapshot, error }, wasStopped)).toBe(expected);
});
