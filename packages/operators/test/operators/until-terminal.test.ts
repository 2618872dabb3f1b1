import { untilTerminal } from '../../src/operators/until-terminal.js';
import { completed, malformed, message, threadStarted, turnCompleted, turnFailed } from '../support/events.js';
import { behavesAsAnOperator, marbles } from '../support/operator-checklist.js';

const values = {
  t: threadStarted('t1'),
  m: completed(message('item_0')),
  o: turnCompleted(undefined, 'u2', 't2'),
  d: turnCompleted(undefined, 'u1', 't1'),
  f: turnFailed(),
};

describe('untilTerminal', () => {
  behavesAsAnOperator({ operator: () => untilTerminal(), sample: [values.t, values.m] });

  it('completes with the end of the turn and leaves the source', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('t-m-d-m-m|', values);
      expectObservable(source$.pipe(untilTerminal())).toBe('t-m-(d|)', values);
      expectSubscriptions(source$.subscriptions).toBe('^---!');
    });
  });

  it('completes, and does not error, with a failed turn', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('t-f-#', values).pipe(untilTerminal())).toBe('t-(f|)', values);
    });
  });

  it.each(['turn.completed', 'turn.failed'])('completes with a %s whose body has drifted', (event_type) => {
    marbles(({ cold, expectObservable }) => {
      const drifted = { ...values, x: malformed(event_type, 't1'), y: malformed(event_type, 't2') };
      expectObservable(cold('t-y-x-m|', drifted).pipe(untilTerminal())).toBe('t-y-(x|)', drifted);
    });
  });

  it('completes with the turn of another thread that an attempt has gone on with', () => {
    marbles(({ cold, expectObservable }) => {
      const joined = { ...values, r: threadStarted('t2', { forked_from: 't1', attempt: 1 }) };
      expectObservable(cold('t-r-d-o-m|', joined).pipe(untilTerminal())).toBe('t-r-d-(o|)', joined);
    });
  });

  it('goes on after the end of another thread', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('t-o-d-m|', values).pipe(untilTerminal())).toBe('t-o-(d|)', values);
    });
  });
});
