import type { ThreadEvent } from '@codex-rx/core/events';
import { openPauseReport } from '@codex-rx/core/interop';
import { NEVER, Observable, Subject, tap } from 'rxjs';
import { idleTimeout } from '../../src/operators/idle-timeout.js';
import { command, completed, message, started, turnCompleted, turnStarted } from '../support/events.js';
import { matching } from '../support/operator-checklist.js';

const u = turnStarted();
const m = completed(message('item_1'));

/** A source that can be paused, as a run is. */
function openPausable(isPaused = false) {
  const events$ = new Subject<ThreadEvent>();
  let report: ReturnType<typeof openPauseReport>;
  const source$ = new Observable<ThreadEvent>((subscriber) => {
    report = openPauseReport();
    if (isPaused) report?.pause();
    subscriber.add(() => {
      report?.resume();
    });
    return events$.subscribe(subscriber);
  });
  return { events$, source$, pause: () => report?.pause(), resume: () => report?.resume() };
}

/** Subscribes and notes when the source errored, in ms. */
function endOf(source$: Observable<unknown>): { at?: number; error?: unknown } {
  const end: { at?: number; error?: unknown } = {};
  source$.subscribe({ error: (error: unknown) => Object.assign(end, { at: Date.now(), error }) });
  return end;
}

/** Blocks the event loop: time passes, but no timer fires, and all fire that much later. */
function block(ms: number): void {
  jest.setSystemTime(Date.now() + ms);
}

describe('idleTimeout while the source is not read', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  it('stops the clock while the source is paused', () => {
    const { source$, events$, pause, resume } = openPausable();
    const end = endOf(source$.pipe(idleTimeout(100)));
    events$.next(u);
    jest.advanceTimersByTime(40);
    pause();
    jest.advanceTimersByTime(3_600_000);
    expect(end).toEqual({});
    resume();
    jest.advanceTimersByTime(59);
    expect(end).toEqual({});
    jest.advanceTimersByTime(1);
    expect(end).toEqual({
      at: 3_600_100,
      error: matching({ info: { idleFor: 100, phase: 'each', lastEvent: u, seen: 1 } }),
    });
  });

  it('does not start the clock before a source that is paused from the start resumes', () => {
    const { source$, resume } = openPausable(true);
    const end = endOf(source$.pipe(idleTimeout({ first: 50 })));
    jest.advanceTimersByTime(1_000);
    resume();
    jest.advanceTimersByTime(50);
    expect(end).toMatchObject({ at: 1_050 });
  });

  it('restarts the clock at an event that comes while the source is paused', () => {
    const { source$, events$, pause, resume } = openPausable();
    const end = endOf(source$.pipe(idleTimeout(100)));
    jest.advanceTimersByTime(90);
    pause();
    jest.advanceTimersByTime(90);
    events$.next(m);
    jest.advanceTimersByTime(90);
    resume();
    jest.advanceTimersByTime(100);
    expect(end).toMatchObject({ at: 370 });
  });

  it('stops the clock in each phase', () => {
    for (const before of [[], [u], [u, started(command('item_0'))]]) {
      const { source$, events$, pause, resume } = openPausable();
      const end = endOf(source$.pipe(idleTimeout({ first: 10, each: 20, whileRunning: 30 })));
      for (const event of before) events$.next(event);
      const limit = 10 * (before.length + 1);
      pause();
      jest.advanceTimersByTime(500);
      resume();
      const resumedAt = Date.now();
      jest.advanceTimersByTime(100);
      expect(end).toMatchObject({ at: resumedAt + limit });
    }
  });

  it('adds up several pauses, and counts overlapping ones of two sources once', () => {
    const one = openPausable();
    const two = openPausable();
    const both$ = new Observable<ThreadEvent>((subscriber) => {
      subscriber.add(
        one.source$.subscribe((event) => {
          subscriber.next(event);
        }),
      );
      subscriber.add(
        two.source$.subscribe((event) => {
          subscriber.next(event);
        }),
      );
    });
    const end = endOf(both$.pipe(idleTimeout(100)));
    for (let pauses = 0; pauses < 3; pauses++) {
      jest.advanceTimersByTime(20);
      one.pause();
      jest.advanceTimersByTime(200);
      two.pause();
      jest.advanceTimersByTime(200);
      one.resume();
      jest.advanceTimersByTime(200);
      two.resume();
    }
    jest.advanceTimersByTime(39);
    expect(end).toEqual({});
    jest.advanceTimersByTime(1);
    expect(end).toMatchObject({ at: 1_900 });
  });

  it('finds the source through other operators, and stops each clock above it', () => {
    const { source$, pause, resume } = openPausable();
    const inner: unknown[] = [];
    const end = endOf(
      source$.pipe(
        tap(() => undefined),
        idleTimeout({ each: 50, onIdle: (info) => inner.push(info) }),
        tap(() => undefined),
        idleTimeout(100),
      ),
    );
    pause();
    jest.advanceTimersByTime(1_000);
    expect([inner, end]).toEqual([[], {}]);
    resume();
    jest.advanceTimersByTime(100);
    expect(inner).toHaveLength(1);
    expect(end).toMatchObject({ at: 1_100 });
  });

  it('does not stop the clock of another run', () => {
    const { source$, pause } = openPausable();
    endOf(source$.pipe(idleTimeout(100)));
    const end = endOf(openPausable().source$.pipe(idleTimeout(100)));
    pause();
    jest.advanceTimersByTime(100);
    expect(end).toMatchObject({ at: 100 });
  });

  it('starts no timer after the source has ended or was unsubscribed from while it was paused', () => {
    for (const finish of ['complete', 'unsubscribe'] as const) {
      const { source$, events$, pause, resume } = openPausable();
      const subscription = source$.pipe(idleTimeout(100)).subscribe();
      pause();
      if (finish === 'complete') events$.complete();
      else subscription.unsubscribe();
      resume();
      expect(jest.getTimerCount()).toBe(0);
    }
  });

  it('counts from when the subscriber returns', () => {
    const events$ = new Subject<ThreadEvent>();
    const end = endOf(
      events$.pipe(
        idleTimeout({ first: 0, each: 100 }),
        tap(() => {
          block(500);
        }),
      ),
    );
    events$.next(u);
    expect(Date.now()).toBe(500);
    jest.advanceTimersByTime(99);
    expect(end).toEqual({});
    jest.advanceTimersByTime(1);
    expect(end).toMatchObject({ at: 600 });
  });

  it.each([30, 500, 999])('does not count %d ms in which the event loop was blocked', (blocked) => {
    const events$ = new Subject<ThreadEvent>();
    const end = endOf(events$.pipe(idleTimeout(100)));
    events$.next(u);
    jest.advanceTimersByTime(50);
    block(blocked);
    jest.advanceTimersByTime(49);
    expect(end).toEqual({});
    jest.advanceTimersByTime(1);
    expect(end).toMatchObject({ at: 100 + blocked, error: matching({ code: 'IDLE_TIMEOUT' }) });
  });

  it('reads what has waited in the pipe before the limit applies', () => {
    const events$ = new Subject<ThreadEvent>();
    const end = endOf(events$.pipe(idleTimeout(100)));
    // The loop was blocked until the limit. The first timer fires; only after it does the loop read the pipe.
    setTimeout(() => {
      block(100);
    }, 0);
    jest.advanceTimersToNextTimer();
    jest.advanceTimersToNextTimer();
    expect(end).toEqual({});
    events$.next(m);
    jest.advanceTimersByTime(99);
    expect(end).toEqual({});
  });
});

describe('idleTimeout with onIdle', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  it('reports and continues, again after each further limit', () => {
    const events$ = new Subject<ThreadEvent>();
    const reports: unknown[] = [];
    const events: ThreadEvent[] = [];
    let isComplete = false;
    events$.pipe(idleTimeout({ each: 300, onIdle: (info) => reports.push([Date.now(), info]) })).subscribe({
      next: (event) => events.push(event),
      complete: () => (isComplete = true),
    });
    events$.next(u);
    jest.advanceTimersByTime(1_000);
    const info = { idleFor: 300, phase: 'each', lastEvent: u, seen: 1 };
    expect(reports).toEqual([
      [300, info],
      [600, info],
      [900, info],
    ]);
    events$.next(m);
    events$.next(turnCompleted());
    jest.advanceTimersByTime(1_000);
    events$.complete();
    expect(reports).toHaveLength(3);
    expect(events).toEqual([u, m, turnCompleted()]);
    expect(isComplete).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('stops when the listener unsubscribes', () => {
    const onIdle = jest.fn(() => {
      subscription.unsubscribe();
    });
    const subscription = NEVER.pipe(idleTimeout({ each: 10, onIdle })).subscribe();
    jest.advanceTimersByTime(1_000);
    expect(onIdle).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('unsubscribes from the source and errors if the listener throws', () => {
    const events$ = new Subject<ThreadEvent>();
    const boom = new Error('boom');
    const onIdle = () => {
      throw boom;
    };
    const end = endOf(events$.pipe(idleTimeout({ each: 10, onIdle })));
    jest.advanceTimersByTime(10);
    expect(end).toEqual({ at: 10, error: boom });
    expect(events$.observed).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('rejects a value that is not a function, and `with` in addition', () => {
    const rejected = matching({ code: 'REQUEST_INVALID', field: 'idleTimeout.onIdle' });
    expect(() => idleTimeout({ each: 1, onIdle: 'log' as never })).toThrow(rejected);
    expect(() => idleTimeout({ each: 1, onIdle: () => undefined, with: () => NEVER })).toThrow(rejected);
  });
});
