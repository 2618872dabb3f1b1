import { IdleTimeoutError as ErrorOfCore } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { asyncScheduler, catchError, concatWith, EMPTY, NEVER, of, retry, Subject, throwError } from 'rxjs';
import { IdleTimeoutError } from '../../src/index.browser.js';
import { idleTimeout } from '../../src/operators/idle-timeout.js';
import {
  command,
  completed,
  message,
  notice,
  spawn,
  started,
  threadStarted,
  turnCompleted,
  turnFailed,
  turnStarted,
} from '../support/events.js';
import { behavesAsAnOperator, marbles, matching } from '../support/operator-checklist.js';

const values = {
  t: threadStarted(),
  u: turnStarted(),
  s: started(command('item_0')),
  c: completed(command('item_0', { status: 'completed', exit_code: 0 })),
  m: completed(message('item_1')),
  n: notice(),
  d: turnCompleted(),
  f: turnFailed(),
};

describe('idleTimeout', () => {
  behavesAsAnOperator({ operator: () => idleTimeout(1000), sample: [values.t, values.u, values.m] });

  it('errors when nothing comes for as long as the limit, and leaves the source before', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('t-u', values);
      expectObservable(source$.pipe(idleTimeout(5))).toBe(
        't-u----#',
        values,
        matching({
          code: 'IDLE_TIMEOUT',
          info: { idleFor: 5, phase: 'each', lastEvent: values.u, seen: 2 },
        }),
      );
      expectSubscriptions(source$.subscriptions).toBe('^------!');
    });
  });

  it('has the class of its error beside it, the one of the core', () => {
    expect(IdleTimeoutError).toBe(ErrorOfCore);
  });

  it('does not error while events keep coming within the limit', () => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('t---u---m---m---m---(d|)', values);
      expectObservable(source$.pipe(idleTimeout(5))).toBe('t---u---m---m---m---(d|)', values);
    });
  });

  it('allows the first event another time than the others', () => {
    marbles(({ cold, expectObservable }) => {
      const early$ = idleTimeout({ first: 2, each: 10 });
      const error = matching({ info: { idleFor: 2, phase: 'first', lastEvent: undefined, seen: 0 } });
      expectObservable(cold('---t', values).pipe(early$)).toBe('--#', values, error);
      expectObservable(cold('-t--------u-|', values).pipe(early$)).toBe('-t--------u-|', values);
    });
  });

  it('sets no timer while it subscribes: a source that has ended by then needs none', () => {
    const schedule = jest.spyOn(asyncScheduler, 'schedule');
    try {
      of(values.t, values.u, values.d).pipe(idleTimeout(5)).subscribe();
      expect(schedule).not.toHaveBeenCalled();
      of(values.t, values.u).pipe(concatWith(NEVER), idleTimeout(5)).subscribe().unsubscribe();
      expect(schedule).toHaveBeenCalledTimes(1);
    } finally {
      schedule.mockRestore();
    }
  });

  it('counts from the end of what the source emits while it is subscribed to', () => {
    marbles(({ expectObservable }) => {
      const source$ = of<ThreadEvent[]>(values.t, values.u).pipe(concatWith(NEVER));
      expectObservable(source$.pipe(idleTimeout({ first: 1, each: 5 }))).toBe(
        '(tu) 1ms #',
        values,
        matching({ info: { idleFor: 5, phase: 'each', lastEvent: values.u, seen: 2 } }),
      );
    });
  });

  it('lets an event pass that comes in the very millisecond of the limit, as `timeout` does', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-----t|', values).pipe(idleTimeout(5))).toBe('-----t|', values);
    });
  });

  it('takes `each` for the first event if `first` is not given', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold<ThreadEvent>('-').pipe(idleTimeout({ each: 3 }))).toBe(
        '---#',
        {},
        matching({ code: 'IDLE_TIMEOUT' }),
      );
    });
  });

  it('does not take notices for activity, but passes them on and counts them', () => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('u-n-n-n-n', values);
      expectObservable(source$.pipe(idleTimeout(5))).toBe(
        'u-n-n#',
        values,
        matching({
          info: { idleFor: 5, phase: 'each', lastEvent: values.n, seen: 3, lastNotice: 'Reconnecting... 1/5' },
        }),
      );
    });
  });

  it('quotes the last notice, which is often the reason', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('u-n', values).pipe(idleTimeout(5))).toBe(
        'u-n--#',
        values,
        matching({
          message: expect.stringMatching(/^No activity for .* Last notice: Reconnecting\.{3} 1\/5$/) as string,
        }),
      );
    });
  });

  it('allows ten times as long while a command runs, and `each` again when it has ended', () => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('s 19ms c 10ms m', values);
      expectObservable(source$.pipe(idleTimeout(3))).toBe(
        's 19ms c 2ms #',
        values,
        matching({
          info: { idleFor: 3, phase: 'each', lastEvent: values.c, seen: 2 },
        }),
      );
      expectObservable(cold('s', values).pipe(idleTimeout(3))).toBe(
        's 29ms #',
        values,
        matching({
          info: { idleFor: 30, phase: 'whileRunning', lastEvent: values.s, seen: 1 },
        }),
      );
    });
  });

  it.each(['mcp_tool_call', 'collab_tool_call'] as const)('takes an open %s for running, too', (type) => {
    marbles(({ cold, expectObservable }) => {
      const open = { type: 'item.started', item: { ...command('x'), type } } as never;
      const source$ = cold('o', { o: open });
      expectObservable(source$.pipe(idleTimeout({ each: 2, whileRunning: 9 }))).toBe(
        'o 8ms #',
        { o: open },
        matching({ code: 'IDLE_TIMEOUT' }),
      );
    });
  });

  it('lets a running command be silent for ever with Infinity', () => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('s 10m c|', values);
      expectObservable(source$.pipe(idleTimeout({ each: 2, whileRunning: Infinity }))).toBe('s 10m c|', values);
    });
  });

  it('waits for ever between turns, and not in the next one', () => {
    marbles(({ cold, expectObservable }) => {
      const error = matching({ code: 'IDLE_TIMEOUT' });
      expectObservable(cold('d 60m u', values).pipe(idleTimeout(3))).toBe('d 60m u--#', values, error);
      expectObservable(cold('f 60m |', values).pipe(idleTimeout(3))).toBe('f 60m |', values);
    });
  });

  it('takes no command for open after a new process or a new turn has begun', () => {
    marbles(({ cold, expectObservable }) => {
      const error = matching({ info: matching({ phase: 'each' }) });
      expectObservable(cold('st', values).pipe(idleTimeout(3))).toBe('st--#', values, error);
      expectObservable(cold('sdu', values).pipe(idleTimeout(3))).toBe('sdu--#', values, error);
    });
  });

  it('takes an ending with a body that is not understood for one', () => {
    const x: ThreadEvent = {
      type: 'malformed',
      event_type: 'turn.completed',
      line: '{}',
      line_number: 3,
      error: 'usage',
    };
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('ux 60m |', { ...values, x }).pipe(idleTimeout(3))).toBe('ux 60m |', { ...values, x });
    });
  });

  it('goes on when the turn of a sub-agent ends, and knows what the main thread has open', () => {
    const events = {
      ...values,
      s: started(command('item_0'), 'u1', 't1'),
      o: started(command('item_0'), 'u2', 't2'),
      p: completed(command('item_0', { status: 'completed' }), 'u2', 't2'),
      x: started(spawn('item_9'), 'u1', 't1'),
      b: threadStarted('t2'),
      e: turnCompleted(undefined, 'u2', 't2'),
      a: turnFailed('no', 'u2', 't2'),
    };
    const error = matching({ code: 'IDLE_TIMEOUT', info: matching({ phase: 'whileRunning' }) });
    marbles(({ cold, expectObservable }) => {
      for (const sequence of ['tse', 'tsa', 'txb', 'tsxb', 'txbe', 'tsop', 'tsoe']) {
        expectObservable(cold(sequence, events).pipe(idleTimeout(3))).toBe(`${sequence} 29ms #`, events, error);
      }
      expectObservable(cold('toe', events).pipe(idleTimeout(3))).toBe(
        'toe--#',
        events,
        matching({ info: matching({ phase: 'each' }) }),
      );
    });
  });

  it('goes over to the run behind one that was killed in its turn', () => {
    const events = {
      ...values,
      s: started(command('item_0'), 'u1', 't1'),
      b: threadStarted('t2'),
      e: turnCompleted(undefined, 'u2', 't2'),
    };
    marbles(({ cold, expectObservable }) => {
      // Items of the killed run are closed; between the turns of the next run, the clock stops.
      const error = matching({ code: 'IDLE_TIMEOUT', info: matching({ phase: 'each' }) });
      expectObservable(cold('tsb', events).pipe(idleTimeout(3))).toBe('tsb--#', events, error);
      expectObservable(cold('tsbe', events).pipe(idleTimeout(3)), '1s !').toBe('tsbe', events);
    });
  });

  it('lets the caller say what activity is', () => {
    marbles(({ cold, expectObservable }) => {
      const onlyMessages$ = idleTimeout({ each: 3, isActivity: (event) => event.type === 'item.completed' });
      expectObservable(cold('u-u-u-u', values).pipe(onlyMessages$)).toBe(
        'u-u#',
        values,
        matching({
          info: { idleFor: 3, phase: 'first', lastEvent: values.u, seen: 2 },
        }),
      );
    });
  });

  it('errors with what `isActivity` throws, and has left the source by then', () => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('-u', values);
      const broken$ = idleTimeout({
        each: 4,
        isActivity: () => {
          throw new Error('broken');
        },
      });
      const leftBefore$ = () => of(source$.subscriptions.map(({ unsubscribedFrame }) => unsubscribedFrame));
      expectObservable(source$.pipe(broken$)).toBe('-#', values, new Error('broken'));
      expectObservable(source$.pipe(broken$, catchError(leftBefore$))).toBe('-(l|)', { l: [1, 1] });
    });
  });

  it('goes on with another stream instead', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('u----m', values);
      const other$ = cold('-x|', { x: 'x' });
      const operator$ = idleTimeout({ each: 3, with: ({ seen }) => (seen === 1 ? other$ : EMPTY) });
      expectObservable(source$.pipe(operator$)).toBe('u---x|', { ...values, x: 'x' });
      expectSubscriptions(source$.subscriptions).toBe('^--!');
      expectSubscriptions(other$.subscriptions).toBe('---^-!');
    });
  });

  it('leaves the other stream when it is left', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const other$ = cold('-----x', { x: 'x' });
      expectObservable(cold('u', values).pipe(idleTimeout({ each: 2, with: () => other$ })), '^---!').toBe('u', values);
      expectSubscriptions(other$.subscriptions).toBe('--^-!');
    });
  });

  it('errors with the error of the other stream, and with what `with` throws', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(
        cold('u', values).pipe(idleTimeout({ each: 2, with: () => throwError(() => new Error('a')) })),
      ).toBe('u-#', values, new Error('a'));
      expectObservable(
        cold('u', values).pipe(
          idleTimeout({
            each: 2,
            with: () => {
              throw new Error('b');
            },
          }),
        ),
      ).toBe('u-#', values, new Error('b'));
    });
  });

  it('has left the source when `retry` subscribes again', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('u', values);
      expectObservable(
        source$.pipe(
          idleTimeout(3),
          retry(1),
          catchError(() => of('over')),
        ),
      ).toBe('u--u--(o|)', { ...values, o: 'over' });
      expectSubscriptions(source$.subscriptions).toBe(['^--!', '---^--!']);
    });
  });

  it('sets no timer for 0', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('u 60m |', values).pipe(idleTimeout(0))).toBe('u 60m |', values);
      expectObservable(cold('60m u', values).pipe(idleTimeout({ first: 0, each: 3 }))).toBe(
        '60m u--#',
        values,
        matching({ code: 'IDLE_TIMEOUT' }),
      );
    });
  });

  it.each([[-1], [Number.NaN], ['5' as never], [null as never]])('refuses %p as a limit', (limit) => {
    const refused = matching({ code: 'REQUEST_INVALID', field: 'idleTimeout.each' });
    expect(() => idleTimeout(limit)).toThrow(refused);
    expect(() => idleTimeout({ each: limit })).toThrow(refused);
  });

  it('refuses to be made without anything', () => {
    const missing = undefined as unknown as number;
    expect(() => idleTimeout(missing)).toThrow(matching({ code: 'REQUEST_INVALID', field: 'idleTimeout.each' }));
  });

  it('starts again when the host was blocked for longer than the limit', () => {
    jest.useFakeTimers({ now: 0 });
    try {
      const seen: unknown[] = [];
      const source$ = new Subject<ThreadEvent>();
      source$.pipe(idleTimeout(100)).subscribe({ error: (error: unknown) => seen.push(error) });
      source$.next(values.u);
      // The clock jumps while no timer can fire: a laptop sleeps.
      jest.setSystemTime(60_000);
      jest.advanceTimersByTime(100);
      expect(seen).toEqual([]);
      jest.advanceTimersByTime(100);
      expect(seen).toEqual([matching({ code: 'IDLE_TIMEOUT' })]);
    } finally {
      jest.useRealTimers();
    }
  });
});
