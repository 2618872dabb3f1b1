import { EMPTY, finalize, fromEvent, NEVER, Observable, of, Subject, takeUntil, UnsubscriptionError } from 'rxjs';
import { hotSwap } from '../../src/operators/hot-swap.js';
import { idleTimeout } from '../../src/operators/idle-timeout.js';
import { turnStarted } from '../support/events.js';

const broken = (): never => {
  throw new Error('teardown');
};

/** Returns the notifications of a subscriber. */
function heard(source$: Observable<unknown>): unknown[] {
  const seen: unknown[] = [];
  source$.subscribe({
    next: (value) => seen.push(value),
    error: (error: unknown) => seen.push(error),
    complete: () => seen.push('complete'),
  });
  return seen;
}

describe('a teardown that throws', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([
    ['idleTimeout', idleTimeout(10)],
    ['idleTimeout with another stream', idleTimeout({ each: 10, with: () => EMPTY })],
  ])('is the error of %s when the limit is hit, as with `timeout` of RxJS', (_, operator$) => {
    const event = turnStarted();
    const source$ = new Observable<typeof event>((subscriber) => {
      subscriber.next(event);
      return broken;
    });
    const seen = heard(source$.pipe(operator$));
    jest.advanceTimersByTime(20);
    expect(seen).toEqual([event, expect.any(UnsubscriptionError)]);
  });

  it('passes an error of `isActivity` to the subscriber', () => {
    const isActivity = (): never => {
      throw new Error('mine');
    };
    const source$ = new Observable<ReturnType<typeof turnStarted>>((subscriber) => {
      subscriber.add(broken);
      subscriber.next(turnStarted());
    });
    expect(heard(source$.pipe(idleTimeout({ isActivity })))).toEqual([new Error('mine')]);
  });

  it('is the error of hotSwap, as with `switchMap`, and nothing is started any more', () => {
    const streams$ = new Subject<Observable<string>>();
    const swapped$ = streams$.pipe(
      hotSwap((stream$, { signal }) => stream$.pipe(takeUntil(fromEvent(signal, 'abort')))),
    );
    const seen = heard(swapped$);
    streams$.next(NEVER.pipe(finalize(broken)));
    streams$.next(of('second'));
    expect(seen).toEqual([expect.any(UnsubscriptionError)]);
    expect(streams$.observed).toBe(false);
  });
});
