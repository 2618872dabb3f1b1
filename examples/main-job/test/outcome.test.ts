import { events } from '@codex-rx/testing';
import { concat, EMPTY, firstValueFrom, from, type Observable, of, throwError } from 'rxjs';
import type { Moment } from '../src/moments.js';
import { type Outcome, outcome, verdict } from '../src/outcome.js';
import { momentsOf } from './support/moments.js';

const moments = momentsOf([events.threadStarted(), events.turnStarted()]);
const completed = momentsOf([...events.run()]);
const failed = momentsOf([events.threadStarted(), events.turnStarted(), events.turnFailed('no')]);

function ended(moments$: Observable<Moment>): Promise<Outcome> {
  return firstValueFrom(moments$.pipe(outcome()));
}

it('is the last moment of a run that completes', async () => {
  expect(await ended(from(moments))).toEqual({ last: moments[1], error: undefined });
});

it('is the last moment and the error of a run that fails', async () => {
  const error = new Error('no');
  const all$ = concat(
    from(moments),
    throwError(() => error),
  );
  expect(await ended(all$)).toEqual({ last: moments[1], error });
});

it('has no moment where there was none', async () => {
  expect(await ended(EMPTY)).toEqual({ last: undefined, error: undefined });
});

it.each<[string, readonly Moment[], unknown, boolean, string]>([
  ['a turn that was completed', completed, undefined, false, 'completed'],
  ['a turn that was completed before Ctrl-C', completed, undefined, true, 'completed'],
  ['a run that failed', moments, new Error('no'), false, 'failed'],
  ['a record of a turn that failed', failed, undefined, false, 'failed'],
  ['a run that was ended by Ctrl-C', moments, new Error('aborted'), true, 'stopped'],
  ['a replay that was ended by Ctrl-C', moments, undefined, true, 'stopped'],
  ['a record that ends too early', moments, undefined, false, 'unfinished'],
  ['an empty record', [], undefined, false, 'unfinished'],
])('judges %s', async (_name, all, error, wasStopped, expected) => {
  const { last } = await ended(all.length === 0 ? EMPTY : of(...all));
  expect(verdict({ last, error }, wasStopped)).toBe(expected);
});
