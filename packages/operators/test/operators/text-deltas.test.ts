import { textDeltas } from '../../src/operators/text-deltas.js';
import { command, completed, message, started, textDelta, threadStarted, updated } from '../support/events.js';
import { behavesAsAnOperator, marbles } from '../support/operator-checklist.js';

const piece = (text: string, more: object = {}) => ({ item_id: 'm', text, replaces: false, completed: false, ...more });
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

  it('takes the same id in another run, or after completion, for another message', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('atc|', values).pipe(textDeltas())).toBe('a-w|', pieces);
      expectObservable(cold('cc|', values).pipe(textDeltas())).toBe('ww|', pieces);
    });
  });

  it('keeps the thread and turn ids and skips empty pieces and pieces of other items', () => {
    marbles(({ cold, expectObservable }) => {
      const reasoning = { ...textDelta('m', 'hm'), item_type: 'reasoning' } as typeof values.a;
      const source$ = cold('erp|', { e: textDelta('m', ''), r: reasoning, p: textDelta('m', 'Hi', 'u1') });
      expectObservable(source$.pipe(textDeltas())).toBe('--p|', { p: piece('Hi', { turn_id: 'u1' }) });
    });
  });
});
