import { takeUntilTurnEnd } from '../../src/operators/take-until-turn-end.js';
import {
  completed,
  malformed,
  message,
  spawn,
  started,
  threadStarted,
  turnCompleted,
  turnFailed,
  turnStarted,
} from '../support/events.js';
import { behavesAsAnOperator, marbles } from '../support/operator-checklist.js';

const values = {
  t: threadStarted('t1'),
  m: completed(message('item_0')),
  o: turnCompleted(undefined, 'u2', 't2'),
  d: turnCompleted(undefined, 'u1', 't1'),
  f: turnFailed(),
};

describe('takeUntilTurnEnd', () => {
  behavesAsAnOperator({ operator: () => takeUntilTurnEnd(), sample: [values.t, values.m] });

  it('completes with the end of the turn and leaves the source', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('t-m-d-m-m|', values);
      expectObservable(source$.pipe(takeUntilTurnEnd())).toBe('t-m-(d|)', values);
      expectSubscriptions(source$.subscriptions).toBe('^---!');
    });
  });

  it('completes, and does not error, with a failed turn', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('t-f-#', values).pipe(takeUntilTurnEnd())).toBe('t-(f|)', values);
    });
  });

  it.each(['turn.completed', 'turn.failed'])('completes with a %s whose body has drifted', (event_type) => {
    marbles(({ cold, expectObservable }) => {
      const drifted = { ...values, x: malformed(event_type, 't1'), y: malformed(event_type, 't2') };
      expectObservable(cold('t-y-x-m|', drifted).pipe(takeUntilTurnEnd())).toBe('t-y-(x|)', drifted);
    });
  });

  it('completes with the turn of another thread that an attempt has gone on with', () => {
    marbles(({ cold, expectObservable }) => {
      const joined = { ...values, r: threadStarted('t2', { forked_from: 't1', attempt: 1 }) };
      expectObservable(cold('t-r-d-o-m|', joined).pipe(takeUntilTurnEnd())).toBe('t-r-d-(o|)', joined);
    });
  });

  it('completes with the turn of the run behind one that was killed in its turn', () => {
    marbles(({ cold, expectObservable }) => {
      const log = { ...values, u: turnStarted('u1', 't1'), r: threadStarted('t2') };
      expectObservable(cold('tumro-d|', log).pipe(takeUntilTurnEnd())).toBe('tumr(o|)', log);
    });
  });

  it('goes on after the turn of a sub-agent that the main thread has called', () => {
    const log = {
      ...values,
      u: turnStarted('u1', 't1'),
      c: started(spawn('item_1'), 'u1', 't1'),
      e: completed({ ...spawn('item_1'), status: 'completed' }, 'u1', 't1'),
      r: threadStarted('t2'),
      s: threadStarted('t3'),
      p: turnCompleted(undefined, 'u3', 't3'),
    };
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('tucro-d|', log).pipe(takeUntilTurnEnd())).toBe('tucro-(d|)', log);
      // The call is over: later threads do not belong to the sub-agent.
      expectObservable(cold('tucreosp-d|', log).pipe(takeUntilTurnEnd())).toBe('tucreos(p|)', log);
    });
  });

  it('goes on after the end of another thread', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('t-o-d-m|', values).pipe(takeUntilTurnEnd())).toBe('t-o-(d|)', values);
    });
  });
});
