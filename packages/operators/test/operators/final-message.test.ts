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

  describe('of turns that have ids', () => {
    const told = {
      ...values,
      u: turnStarted('u1'),
      a: completed(message('item_0', 'first'), 'u1'),
      x: textDelta('m', 'Hel', 'u1'),
      d: turnCompleted(undefined, 'u1'),
      f: turnFailed('no', 'u1'),
      U: turnStarted('u2'),
      A: completed(message('item_0', 'last'), 'u2'),
      D: turnCompleted(undefined, 'u2'),
      n: completed(message('item_9', 'other')),
    };
    const texts = { ...answers, o: 'other', h: 'Hel' };

    it.each([
      ['takes nothing from a turn that was cut off', 'tuaUD|', '----e|'],
      ['takes nothing of a message that was begun in a turn that was cut off', 'tuxUD|', '----e|'],
      ['takes no late message of a turn for the answer of the next one', 'tuadaUD|', '---f--e|'],
      ['takes no message of the turn before while the next one is open', 'tuUAaD|', '-----l|'],
      ['takes a message without a turn for one of the open turn', 'tuaUnD|', '-----o|'],
      ['takes a message that was told between two turns for none of the next one', 'tudnUD|', '--e--e|'],
      ['emits one answer for an end that is told twice', 'tuaddUAD|', '---f---l|'],
      ['lets a repeated end of a turn not end the next one', 'tuadUAdD|', '---f---l|'],
      ['lets a late failure of a turn that was cut off not end the next one', 'tuaUAfD|', '------l|'],
      ['emits the answer of a turn that was cut off if its end is told after all', 'tuaUAdD|', '-----fl|'],
      ['stands a start that is told twice, or late', 'tuaudaUAUD|', '----f----l|'],
      ['knows a turn by its messages if its start was not told', 'taDdAD|', '--ef--|'],
    ])('%s', (_, source, expected) => {
      marbles(({ cold, expectObservable }) => {
        expectObservable(cold(source, told).pipe(finalMessage())).toBe(expected, texts);
      });
    });

    it('takes an end for that of the open turn if the id of that one was not told', () => {
      for (const begun of [turnStarted(), turnStarted('synthetic-turn-1')]) {
        marbles(({ cold, expectObservable }) => {
          const source$ = cold('tundd|', { ...told, u: begun });
          expectObservable(source$.pipe(finalMessage())).toBe('---o-|', texts);
        });
      }
    });

    it('goes on with a turn when that of a sub-agent leaks in', () => {
      marbles(({ cold, expectObservable }) => {
        const source$ = cold('tuaUD|', {
          ...told,
          u: turnStarted('synthetic-turn-1'),
          a: completed(message('item_0', 'first'), 'synthetic-turn-1'),
          U: turnStarted('synthetic-turn-2'),
          D: turnCompleted(undefined, 'synthetic-turn-2'),
        });
        expectObservable(source$.pipe(finalMessage())).toBe('----f|', texts);
      });
    });
  });

  it('does not take an earlier message for the last one when it is told again', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('uabad|', values).pipe(finalMessage())).toBe('----l|', answers);
    });
  });
});
