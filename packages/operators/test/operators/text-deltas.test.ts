import { textDeltas } from '../../src/operators/text-deltas.js';
import {
  command,
  completed,
  message,
  started,
  textDelta,
  threadStarted,
  turnFailed,
  turnStarted,
  updated,
} from '../support/events.js';
import { behavesAsAnOperator, marbles } from '../support/operator-checklist.js';

const piece = (text: string, more: object = {}) => ({ itemId: 'm', text, replaces: false, completed: false, ...more });
const values = {
  t: threadStarted(),
  s: started(message('m', '')),
  a: textDelta('m', 'Hel'),
  b: textDelta('m', 'lo'),
  u: updated(message('m', 'Hello')),
  c: completed(message('m', 'Hello')),
  r: completed(message('m', 'Goodbye')),
  x: completed(command('item_0')),
};
const pieces = {
  a: piece('Hel'),
  b: piece('lo'),
  c: piece('', { completed: true }),
  h: piece('Hello'),
  w: piece('Hello', { completed: true }),
  r: piece('Goodbye', { completed: true, replaces: true }),
  g: piece('Hello', { completed: true, replaces: true }),
};

describe('textDeltas', () => {
  behavesAsAnOperator({ operator: () => textDeltas(), sample: [values.a, values.b] });

  it('emits each piece of a message, and tells when it is complete', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('tsxa-b-c|', values);
      expectObservable(source$.pipe(textDeltas())).toBe('---a-b-c|', pieces);
      expectSubscriptions(source$.subscriptions).toBe('^-------!');
    });
  });

  it('emits a message that was told at once as one piece', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('x-c|', values).pipe(textDeltas())).toBe('--w|', pieces);
    });
  });

  it('emits what an update adds', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('sauuc|', values).pipe(textDeltas())).toBe('-ab-c|', pieces);
    });
  });

  it('emits the whole message again if it is not what its pieces said', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('abr|', values).pipe(textDeltas())).toBe('abr|', pieces);
    });
  });

  it('takes the same id in another run for another message', () => {
    marbles(({ cold, expectObservable }) => {
      const first = { ...values, c: completed(message('m', 'Hello'), undefined, 't1') };
      const shown = { ...pieces, w: piece('Hello', { completed: true, threadId: 't1' }) };
      expectObservable(cold('tatc|', values).pipe(textDeltas())).toBe('-a-w|', pieces);
      expectObservable(cold('tctc|', first).pipe(textDeltas())).toBe('-w-w|', shown);
    });
  });

  it.each([
    ['nothing when the completion is told again', 'abcc|', 'abc-|'],
    ['nothing when a start or an update is told after completion', 'cus|', 'w--|'],
    ['nothing when a piece is told after completion', 'cbc|', 'w--|'],
    ['the whole message again when it is completed with another text', 'abcrr|', 'abcr-|'],
    ['what a message has become, however often that changes', 'crc|', 'wrg|'],
    [
      'the whole message, as what was told is not known, when it is completed again after its turn',
      'uabcfcb|',
      '-abc-g-|',
    ],
  ])('emits %s', (_, source, expected) => {
    marbles(({ cold, expectObservable }) => {
      const told = source.startsWith('u') ? { ...values, u: turnStarted(), f: turnFailed() } : values;
      expectObservable(cold(source, told).pipe(textDeltas())).toBe(expected, pieces);
    });
  });

  it('tells the messages of two turns with one id apart, also when pieces of the first come late', () => {
    marbles(({ cold, expectObservable }) => {
      const of = (turnId: string) => ({ turnId });
      const source$ = cold('uaUAbBcC|', {
        u: turnStarted('u1'),
        a: textDelta('m', 'Hel', 'u1'),
        U: turnStarted('u2'),
        A: textDelta('m', 'Wor', 'u2'),
        b: textDelta('m', 'lo', 'u1'),
        B: textDelta('m', 'ld', 'u2'),
        c: completed(message('m', 'Hello'), 'u1'),
        C: completed(message('m', 'World'), 'u2'),
      });
      expectObservable(source$.pipe(textDeltas())).toBe('-a-AbBcC|', {
        a: piece('Hel', of('u1')),
        A: piece('Wor', of('u2')),
        b: piece('lo', of('u1')),
        B: piece('ld', of('u2')),
        c: piece('', { completed: true, ...of('u1') }),
        C: piece('', { completed: true, ...of('u2') }),
      });
    });
  });

  it('keeps messages of two threads apart, also when one starts while the other one speaks', () => {
    marbles(({ cold, expectObservable }) => {
      const one = { threadId: 't1', turnId: 'u1' };
      const other = { threadId: 't2', turnId: 'u2' };
      const source$ = cold('tasbxy|', {
        t: threadStarted('t1'),
        a: { ...textDelta('m', 'Hel', 'u1'), thread_id: 't1' },
        s: threadStarted('t2'),
        b: { ...textDelta('m', 'Wor', 'u2'), thread_id: 't2' },
        x: completed(message('m', 'Hello'), 'u1', 't1'),
        y: completed(message('m', 'World'), 'u2', 't2'),
      });
      expectObservable(source$.pipe(textDeltas())).toBe('-a-bxy|', {
        a: piece('Hel', one),
        b: piece('Wor', other),
        x: piece('lo', { completed: true, ...one }),
        y: piece('ld', { completed: true, ...other }),
      });
    });
  });

  it('takes events without a thread for those of the thread that started last', () => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('tac|', { ...values, c: completed(message('m', 'Hello'), undefined, 't1') });
      expectObservable(source$.pipe(textDeltas())).toBe('-ab|', {
        a: pieces.a,
        b: piece('lo', { completed: true, threadId: 't1' }),
      });
    });
  });

  it('takes the same id in another turn for another message, once the first turn has ended', () => {
    marbles(({ cold, expectObservable }) => {
      const begun = { a: textDelta('m', 'Hel', 'u1'), f: turnFailed('no', 'u1') };
      const source$ = cold('afc|', { ...begun, c: completed(message('m', 'Hello'), 'u2') });
      const shown = { a: piece('Hel', { turnId: 'u1' }), c: piece('Hello', { completed: true, turnId: 'u2' }) };
      expectObservable(source$.pipe(textDeltas())).toBe('a-c|', shown);
      const late$ = cold('afc|', { ...begun, c: completed(message('m', 'Hello'), 'u1') });
      const rest = { ...shown, c: piece('lo', { completed: true, turnId: 'u1' }) };
      expectObservable(late$.pipe(textDeltas())).toBe('a-c|', rest);
    });
  });

  it('goes on with a message when a sub-agent’s turn leaks in', () => {
    marbles(({ cold, expectObservable }) => {
      const leaked = 'synthetic-turn-2';
      const source$ = cold('auc|', {
        a: textDelta('m', 'Hel', 'synthetic-turn-1'),
        u: turnStarted(leaked),
        c: completed(message('m', 'Hello'), leaked),
      });
      expectObservable(source$.pipe(textDeltas())).toBe('a-c|', {
        a: piece('Hel', { turnId: 'synthetic-turn-1' }),
        c: piece('lo', { completed: true, turnId: leaked }),
      });
    });
  });

  it('keeps the thread and turn ids and skips empty pieces and pieces of other items', () => {
    marbles(({ cold, expectObservable }) => {
      const reasoning = { ...textDelta('m', 'hm'), item_type: 'reasoning' } as typeof values.a;
      const source$ = cold('erp|', { e: textDelta('m', ''), r: reasoning, p: textDelta('m', 'Hi', 'u1') });
      expectObservable(source$.pipe(textDeltas())).toBe('--p|', { p: piece('Hi', { turnId: 'u1' }) });
    });
  });
});
