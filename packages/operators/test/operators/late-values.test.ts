import type { ThreadEvent } from '@codex-rx/core/events';
import { Observable, type OperatorFunction, of, type Subscriber } from 'rxjs';
import { idleTimeout } from '../../src/operators/idle-timeout.js';
import { withLatestSnapshot } from '../../src/operators/with-latest-snapshot.js';
import { message, started, turnStarted } from '../support/events.js';

const first = turnStarted();
const late = started(message('item_0'));

/** A source that does not end when it says so, or when it is left. */
function unending$(...values: readonly ThreadEvent[]): Observable<ThreadEvent> {
  return new Observable((subscriber) => {
    for (const value of values) subscriber.next(value);
    if (values.length > 0) subscriber.complete();
    subscriber.next(late);
    return () => {
      subscriber.next(late);
    };
  });
}

type Asks = (seen: ThreadEvent[]) => OperatorFunction<ThreadEvent, unknown>;

const operators: readonly (readonly [name: string, operator: Asks])[] = [
  ['withLatestSnapshot', (seen) => withLatestSnapshot({ project: (event) => seen.push(event) })],
  ['idleTimeout', (seen) => idleTimeout({ each: 1_000, isActivity: (event) => seen.push(event) > 0 })],
];

describe('a value that a source emits after its end', () => {
  it.each(operators)('is ignored by %s, which does not call its functions', (_, operator) => {
    const seen: ThreadEvent[] = [];
    unending$(first).pipe(operator(seen)).subscribe();
    expect(seen).toEqual([first]);
  });

  it.each(operators)('is nothing to %s, nor after it was left', (_, operator) => {
    const seen: ThreadEvent[] = [];
    unending$().pipe(operator(seen)).subscribe().unsubscribe();
    expect(seen).toEqual([late]);
  });

  it.each(operators)('is ignored by %s, also while the subscriber receives the end', (_, operator) => {
    for (const end of ['complete', 'error'] as const) {
      let subscriber: Subscriber<ThreadEvent> | undefined;
      const again = (): void => subscriber?.next(late);
      const seen: ThreadEvent[] = [];
      const source$ = new Observable<ThreadEvent>((sink) => {
        subscriber = sink;
      });
      source$.pipe(operator(seen)).subscribe({ complete: again, error: again });
      subscriber?.next(first);
      subscriber?.[end]('boom');
      expect(seen).toEqual([first]);
    }
  });

  it('is not mixed into the values of the fallback of idleTimeout', () => {
    jest.useFakeTimers();
    try {
      const seen: unknown[] = [];
      const other$ = of('other');
      const subscription = unending$()
        .pipe(idleTimeout({ each: 10, with: () => other$ }))
        .subscribe((value) => seen.push(value));
      jest.advanceTimersByTime(20);
      subscription.unsubscribe();
      expect(seen).toEqual([late, 'other']);
    } finally {
      jest.useRealTimers();
    }
  });
});
