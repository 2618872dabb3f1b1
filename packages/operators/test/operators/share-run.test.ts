import type { ThreadEvent, ThreadSnapshot } from '@codex-rx/core/events';
import { concat, NEVER, Observable, of, Subject, throwError } from 'rxjs';
import { type ShareRunOptions, shareRun } from '../../src/operators/share-run.js';
import { completed, message, threadStarted, turnCompleted, turnStarted } from '../support/events.js';

/** A run, and what happened to it. */
function runOf(options?: ShareRunOptions) {
  const events$ = new Subject<ThreadEvent>();
  const seen = { subscribed: 0, unsubscribed: 0 };
  const source$ = new Observable<ThreadEvent>((subscriber) => {
    seen.subscribed++;
    const subscription = events$.subscribe(subscriber);
    return () => {
      seen.unsubscribed++;
      subscription.unsubscribe();
    };
  });
  return { events$, seen, shared$: source$.pipe(shareRun(options)) };
}

function observe(shared$: Observable<ThreadSnapshot>) {
  const seen: { messages: number[]; end?: unknown } = { messages: [] };
  const subscription = shared$.subscribe({
    next: ({ messages }) => seen.messages.push(messages.length),
    error: (error: unknown) => {
      seen.end = error;
    },
    complete: () => {
      seen.end = 'complete';
    },
  });
  return {
    seen,
    unsubscribe: () => {
      subscription.unsubscribe();
    },
  };
}

const said = (id: string): ThreadEvent => completed(message(id));

describe('shareRun', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('gives late subscribers the latest snapshot synchronously, then what follows', () => {
    const { events$, seen, shared$ } = runOf();
    const first = observe(shared$);
    events$.next(said('a'));
    events$.next(said('b'));
    const late = observe(shared$);
    expect(late.seen.messages).toEqual([2]);
    events$.next(said('c'));
    expect(late.seen.messages).toEqual([2, 3]);
    expect(first.seen.messages).toEqual([1, 2, 3]);
    expect(seen.subscribed).toBe(1);
  });

  it('does not emit a snapshot that an event did not change', () => {
    const { events$, shared$ } = runOf();
    const first = observe(shared$);
    events$.next(said('a'));
    events$.next({ type: 'unknown', event_type: 'x', raw: {} });
    expect(first.seen.messages).toEqual([1]);
  });

  it.each([
    ['the completion', undefined, 'complete'],
    ['the error', new Error('failed'), new Error('failed')],
  ])('keeps the last snapshot and %s', (_what, error, end) => {
    const source$ = concat([threadStarted('t1'), said('a')], error === undefined ? of() : throwError(() => error));
    const shared$ = source$.pipe(shareRun());
    observe(shared$);
    expect(observe(shared$).seen).toEqual({ messages: [1], end });
  });

  it('ends the run with its last subscriber, and does not start it again', () => {
    const { events$, seen, shared$ } = runOf();
    const subscribers = [observe(shared$), observe(shared$)];
    events$.next(said('a'));
    subscribers[0]?.unsubscribe();
    expect(seen.unsubscribed).toBe(0);
    subscribers[1]?.unsubscribe();
    expect(seen.unsubscribed).toBe(1);
    expect(observe(shared$).seen).toEqual({ messages: [1], end: 'complete' });
    expect(seen.subscribed).toBe(1);
  });

  it('waits for another subscriber if refCount is a number of ms', () => {
    const { events$, seen, shared$ } = runOf({ refCount: 100 });
    observe(shared$).unsubscribe();
    jest.advanceTimersByTime(99);
    const second = observe(shared$);
    jest.advanceTimersByTime(1_000);
    events$.next(said('a'));
    expect(second.seen.messages).toEqual([1]);
    second.unsubscribe();
    jest.advanceTimersByTime(100);
    expect(seen).toEqual({ subscribed: 1, unsubscribed: 1 });
    expect(jest.getTimerCount()).toBe(0);
  });

  it('continues the run without subscribers if refCount is false', () => {
    const { events$, seen, shared$ } = runOf({ refCount: false });
    observe(shared$).unsubscribe();
    for (const event of [turnStarted('u1'), said('a'), turnCompleted()]) events$.next(event);
    events$.complete();
    expect(observe(shared$).seen).toEqual({ messages: [1], end: 'complete' });
    expect(seen).toEqual({ subscribed: 1, unsubscribed: 1 });
  });

  it('unsubscribes from a source that emits synchronously when the subscriber has enough', () => {
    let teardowns = 0;
    const source$ = new Observable<ThreadEvent>((subscriber) => {
      subscriber.next(said('a'));
      return () => teardowns++;
    });
    const seen: number[] = [];
    const subscription = concat(source$, NEVER)
      .pipe(shareRun())
      .subscribe(({ messages }) => seen.push(messages.length));
    subscription.unsubscribe();
    expect([seen, teardowns]).toEqual([[1], 1]);
  });

  it.each([-1, Number.NaN, 2 ** 31])('rejects the delay %p', (refCount) => {
    expect(() => shareRun({ refCount })).toThrow('"shareRun.refCount" must be a number of ms from 0 to 2147483647');
  });
});
