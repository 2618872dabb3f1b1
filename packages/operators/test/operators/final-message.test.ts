import { finalMessage } from '../../src/operators/final-message.js';
import {
  command,
  completed,
  malformed,
  message,
  started,
  textDelta,
  threadStarted,
  turnCompleted,
  turnFailed,
  turnStarted,
} from '../support/events.js';
import { behavesAsAnOperator, marbles } from '../support/operator-checklist.js';

const values = {
  t: threadStarted(),
  u: turnStarted(),
  a: completed(message('item_0', 'first')),
  b: completed(message('item_1', 'last')),
  s: started(message('item_2', 'begun')),
  c: completed(command('item_3')),
  k: completed({ ...message('item_4', 'comment'), phase: 'commentary' }),
  o: completed(message('item_0', 'other'), 'u2', 't2'),
  d: turnCompleted(),
  f: turnFailed(),
};
const answers = { l: 'last', e: '', f: 'first', k: 'comment' };

describe('finalMessage', () => {
  behavesAsAnOperator({ operator: () => finalMessage(), sample: [values.d, values.d] });

  it('emits the last message at the end of the turn and completes with the source', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('tuabcsd---|', values);
      expectObservable(source$.pipe(finalMessage())).toBe('------l---|', answers);
      expectSubscriptions(source$.subscriptions).toBe('^---------!');
    });
  });

  it('emits an empty text for a turn without a message', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('tucd|', values).pipe(finalMessage())).toBe('---e|', answers);
    });
  });

  it('emits one message per turn, none of an earlier one', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('tuadud|', values).pipe(finalMessage())).toBe('---f-e|', answers);
    });
  });

  it('emits nothing for a turn that fails, and does not take its message for the next one', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('uafud|', values).pipe(finalMessage())).toBe('----e|', answers);
    });
  });

  it('does not take a message from before a crash for an answer', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('tatd|', values).pipe(finalMessage())).toBe('---e|', answers);
    });
  });

  it('emits nothing for a stream without the end of a turn', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('ta|', values).pipe(finalMessage())).toBe('--|');
    });
  });

  it('does not take a comment for the answer, unless there is nothing else', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('uakd|', values).pipe(finalMessage())).toBe('---f|', answers);
      expectObservable(cold('ukd|', values).pipe(finalMessage())).toBe('--k|', answers);
    });
  });

  it('emits what was told of a message that was not completed, if no other one was', () => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('tuxydud|', { ...values, x: textDelta('m', 'Hel'), y: textDelta('m', 'lo') });
      expectObservable(source$.pipe(finalMessage())).toBe('----h-e|', { ...answers, h: 'Hello' });
      const both$ = cold('tuaxd|', { ...values, x: textDelta('m', 'Hel') });
      expectObservable(both$.pipe(finalMessage())).toBe('----f|', answers);
    });
  });

  it('emits at the end of a turn whose body has drifted', () => {
    marbles(({ cold, expectObservable }) => {
      const drifted = (event_type: string) => malformed(event_type, 't1');
      const source$ = cold('tuabxuaydu|', { ...values, x: drifted('turn.completed'), y: drifted('turn.failed') });
      expectObservable(source$.pipe(finalMessage())).toBe('----l---e-|', answers);
    });
  });

  it('does not take the message of another thread for the answer', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('uaod|', values).pipe(finalMessage())).toBe('---f|', answers);
    });
  });
});
