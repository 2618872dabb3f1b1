import { marbles } from '../support/operator-checklist.js';
import { bestOf$ } from './best-of.js';

describe('best of n', () => {
  it('emits the best value when all attempts have ended', () => {
    marbles(({ cold, expectObservable }) => {
      const best$ = bestOf$(
        3,
        3,
        (i) => cold(`${'-'.repeat(i + 1)}(${String(i)}|)`),
        (value) => -Math.abs(Number(value) - 1),
      );
      expectObservable(best$).toBe('---(1|)');
    });
  });

  it('runs no more than the limit at a time', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const runs = [0, 1, 2].map((i) => cold(`--(${String(i)}|)`));
      expectObservable(bestOf$(3, 2, (i) => runs[i] ?? cold('#'), Number)).toBe('----(2|)');
      expectSubscriptions(runs[1]?.subscriptions ?? []).toBe('^-!');
      expectSubscriptions(runs[2]?.subscriptions ?? []).toBe('--^-!');
    });
  });

  it('does without attempts that fail, and errors with all reasons if none is left', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(
        bestOf$(
          2,
          2,
          (i) => (i === 0 ? cold('-#') : cold('--(a|)')),
          () => 1,
        ),
      ).toBe('--(a|)');
      const none$ = bestOf$(
        2,
        1,
        (i) => cold('-#', {}, i),
        () => 1,
      );
      expectObservable(none$).toBe('--#', {}, new AggregateError([0, 1], 'All 2 attempts failed'));
    });
  });

  it('leaves the attempts when it is left', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const run$ = cold('-----');
      expectObservable(
        bestOf$(
          2,
          1,
          () => run$,
          () => 1,
        ),
        '^--!',
      ).toBe('-');
      expectSubscriptions(run$.subscriptions).toBe('^--!');
    });
  });
});
