import type { ThreadEvent } from '@codex-rx/core/events';
import { concat, concatWith, NEVER, type Observable, of, Subject, Subscription, take, throwError } from 'rxjs';
import { idleTimeout } from '../../src/operators/idle-timeout.js';
import { command, started, turnCompleted, turnStarted } from '../support/events.js';

const u = turnStarted();
const boom = new Error('boom');

describe('idleTimeout leaves no timer', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  /** Advances the time by an hour. `with` must not be called after the end. */
  function expectNothingLeft(with$: jest.Mock): void {
    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(3_600_000);
    expect(with$).not.toHaveBeenCalled();
  }

  const events: [name: string, events: readonly ThreadEvent[]][] = [
    ['before the first event', []],
    ['in a turn', [u]],
    ['while a command runs', [u, started(command('item_0'))]],
    ['between turns', [u, turnCompleted()]],
  ];

  it.each(events)('when the source completes %s', (_, before) => {
    const with$ = jest.fn(() => [u]);
    const source$ = new Subject<ThreadEvent>();
    source$.pipe(idleTimeout({ each: 100, with: with$ })).subscribe();
    expect(jest.getTimerCount()).toBe(1);
    for (const event of before) source$.next(event);
    source$.complete();
    expectNothingLeft(with$);
  });

  it.each(events)('when the source errors %s', (_, before) => {
    const with$ = jest.fn(() => [u]);
    const source$ = new Subject<ThreadEvent>();
    source$.pipe(idleTimeout({ each: 100, with: with$ })).subscribe({ error: () => undefined });
    for (const event of before) source$.next(event);
    source$.error(boom);
    expectNothingLeft(with$);
  });

  it.each(events)('when it is left %s', (_, before) => {
    const with$ = jest.fn(() => [u]);
    const source$ = new Subject<ThreadEvent>();
    const subscription = source$.pipe(idleTimeout({ each: 100, with: with$ })).subscribe();
    for (const event of before) source$.next(event);
    subscription.unsubscribe();
    expectNothingLeft(with$);
  });

  const synchronous: [name: string, source$: Observable<ThreadEvent>][] = [
    ['completes', of<ThreadEvent[]>(u)],
    [
      'errors',
      concat(
        of<ThreadEvent[]>(u),
        throwError(() => boom),
      ),
    ],
    ['is left', of<ThreadEvent[]>(u).pipe(concatWith(NEVER))],
  ];

  it.each(synchronous)('when a source %s while it is subscribed to', (name, source$) => {
    const with$ = jest.fn(() => [u]);
    source$
      .pipe(idleTimeout({ each: 100, with: with$ }), take(name === 'is left' ? 1 : 2))
      .subscribe({ error: () => undefined });
    expectNothingLeft(with$);
  });

  it('when `isActivity` leaves, or throws', () => {
    for (const leave of [
      (subscription: Subscription) => {
        subscription.unsubscribe();
      },
      () => {
        throw boom;
      },
    ]) {
      const with$ = jest.fn(() => [u]);
      const source$ = new Subject<ThreadEvent>();
      const subscription = new Subscription();
      const isActivity = () => {
        leave(subscription);
        return true;
      };
      subscription.add(
        source$
          .pipe(idleTimeout({ first: 100, each: 50, isActivity, with: with$ }))
          .subscribe({ error: () => undefined }),
      );
      source$.next(u);
      expectNothingLeft(with$);
    }
  });

  it('when the limit was hit', () => {
    const seen: unknown[] = [];
    const with$ = jest.fn(() => NEVER);
    const subscription = new Subject<ThreadEvent>()
      .pipe(idleTimeout({ each: 100, with: with$ }))
      .subscribe((value) => seen.push(value));
    jest.advanceTimersByTime(3_600_000);
    expect(jest.getTimerCount()).toBe(0);
    expect(with$).toHaveBeenCalledTimes(1);
    subscription.unsubscribe();
  });
});
