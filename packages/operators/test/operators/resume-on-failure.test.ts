import {
  ExitError,
  IdleTimeoutError,
  RequestError,
  type RunFailure,
  RunTimeoutError,
  TurnFailedError,
} from '@codex-rx/core/errors';
import type { FailureCategory, ThreadEvent } from '@codex-rx/core/events';
import { concat, NEVER, of, throwError } from 'rxjs';
import { type ResumeOnFailureOptions, resumeOnFailure } from '../../src/operators/resume-on-failure.js';
import { completed, message, threadStarted, turnCompleted, turnFailed, turnStarted } from '../support/events.js';
import { failure } from '../support/failures.js';
import { behavesAsAnOperator, marbles, matching } from '../support/operator-checklist.js';

const failed = (category: FailureCategory, more?: Partial<RunFailure>) =>
  new TurnFailedError('failed', failure(category, more));
const exited = (category: FailureCategory) => new ExitError('exited', failure(category));
const dropped = failed('disconnected');

const values = {
  t: threadStarted('t1'),
  r: threadStarted('t1', { resumed: true }),
  1: threadStarted('t1', { resumed: true, attempt: 1 }),
  2: threadStarted('t1', { resumed: true, attempt: 2 }),
  u: turnStarted(),
  m: completed(message('item_0')),
  d: turnCompleted(),
  f: turnFailed(),
};
const at = (config: Partial<ResumeOnFailureOptions>) =>
  resumeOnFailure({ delay: 0, resume: () => of(values.r, values.d), ...config });

describe('resumeOnFailure', () => {
  behavesAsAnOperator({ operator: () => at({}), sample: [values.t, values.u, values.m] });

  it('resumes the thread after a failure in one stream, and marks the attempt', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('tum#', values, dropped);
      const next$ = cold('     -r-d|', values);
      expectObservable(source$.pipe(at({ delay: 2, resume: () => next$ }))).toBe('tum---1-d|', values);
      expectSubscriptions(source$.subscriptions).toBe('^--!');
      expectSubscriptions(next$.subscriptions).toBe('-----^---!');
    });
  });

  it('passes the thread, the error and the attempt to `resume`', () => {
    const calls: unknown[] = [];
    const error = exited('unknown');
    marbles(({ cold, expectObservable }) => {
      const resume$: ResumeOnFailureOptions['resume'] = (...args) => {
        calls.push(args);
        return cold('r#', values, error);
      };
      expectObservable(cold('tu#', values, dropped).pipe(at({ count: 2, resume: resume$ }))).toBe(
        'tu12#',
        values,
        error,
      );
    });
    expect(calls).toEqual([
      ['t1', dropped, 1],
      ['t1', error, 2],
    ]);
  });

  it.each([undefined, {}])('rejects a missing `resume` when it is created: %j', (options) => {
    expect(() => resumeOnFailure(options as never)).toThrow(
      '"resumeOnFailure.resume" must be a function, got undefined.',
    );
  });

  it('gives up after `count` attempts, with the last error', () => {
    marbles(({ cold, expectObservable }) => {
      const last = exited('panic');
      const resume$ = () => cold('r#', values, last);
      expectObservable(cold('t#', values, dropped).pipe(at({ count: 1, resume: resume$ }))).toBe('t1#', values, last);
      expectObservable(cold('t#', values, dropped).pipe(at({ count: 0, resume: resume$ }))).toBe('t#', values, dropped);
    });
  });

  it('emits the event of the failed turn before it resumes', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('tuf#', values, dropped).pipe(at({ resume: () => cold('rd|', values) }))).toBe(
        'tuf1d|',
        values,
      );
    });
  });

  it('never repeats a turn that was complete', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('tud#', values, dropped).pipe(at({}))).toBe('tud#', values, dropped);
      expectObservable(cold('tudu#', values, dropped).pipe(at({ resume: () => cold('r|', values) }))).toBe(
        'tudu1|',
        values,
      );
    });
  });

  it('never repeats a turn that was complete, though its ending had a body that is not understood', () => {
    const events = {
      ...values,
      x: {
        type: 'malformed',
        event_type: 'turn.completed',
        line: '{}',
        line_number: 3,
        error: 'usage',
      } satisfies ThreadEvent,
    };
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('tux#', events, dropped).pipe(at({}))).toBe('tux#', events, dropped);
    });
  });

  it('calls `when` and `delay` only if it could resume', () => {
    const asked: unknown[] = [];
    const config: ResumeOnFailureOptions = {
      count: 1,
      when: () => asked.push('when') > 0,
      delay: () => asked.push('delay') * 0,
      resume: () => throwError(() => dropped),
    };
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('#', values, dropped).pipe(at(config))).toBe('#', values, dropped);
      expectObservable(cold('td#', values, dropped).pipe(at(config))).toBe('td#', values, dropped);
      expectObservable(cold('t#', values, dropped).pipe(at({ ...config, count: 0 }))).toBe('t#', values, dropped);
    });
    expect(asked).toEqual([]);
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('t#', values, dropped).pipe(at(config))).toBe('t#', values, dropped);
    });
    expect(asked).toEqual(['when', 'delay']);
  });

  it.each([[Number.NaN], [undefined as never]])('errors if `delay` gives %p', (wait) => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('t#', values, dropped).pipe(at({ delay: () => wait }))).toBe(
        't#',
        values,
        matching({ code: 'REQUEST_INVALID', field: 'resumeOnFailure.delay' }),
      );
    });
  });

  it('errors with the error that `when` or `delay` throws', () => {
    const broken = new Error('broken');
    const fail = (): never => {
      throw broken;
    };
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('t#', values, dropped).pipe(at({ when: fail }))).toBe('t#', values, broken);
      expectObservable(cold('t#', values, dropped).pipe(at({ delay: fail }))).toBe('t#', values, broken);
    });
  });

  it('does not resume before the reset of a limit that is beyond the range of a timer', () => {
    const limit = failed('usage_limit', { resetsAt: new Date(30 * 24 * 3_600_000) });
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('t#', values, limit).pipe(at({ waitForReset: Infinity }))).toBe('t#', values, limit);
    });
  });

  it('does not take the end of a sub-agent for that of the turn', () => {
    marbles(({ cold, expectObservable }) => {
      const events = { ...values, o: turnCompleted(undefined, 'u2', 't2') };
      expectObservable(cold('tuo#', events, dropped).pipe(at({ resume: () => cold('r|', values) }))).toBe(
        'tuo1|',
        events,
      );
    });
  });

  it('errors when the thread is not known', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-#', values, dropped).pipe(at({}))).toBe('-#', values, dropped);
    });
  });

  it.each([
    ['disconnected', failed('disconnected'), true],
    ['overloaded', failed('overloaded'), true],
    ['a crash', exited('unknown'), true],
    ['a panic', exited('panic'), true],
    ['a turn that panicked', failed('panic'), true],
    ['a timeout', new RunTimeoutError(5), true],
    ['idleness', new IdleTimeoutError({ idleFor: 1, phase: 'each', lastEvent: undefined, seen: 0 }), true],
    ['a usage limit', failed('usage_limit', { resetsAt: new Date(0) }), false],
    ['a failed log-in', failed('auth'), false],
    ['a full context', failed('context'), false],
    ['a bad configuration', exited('config'), false],
    ['a turn that failed for no known reason', failed('unknown'), false],
    ['an error of a request', new RequestError('prompt', 'is empty'), false],
    ['an error of something else', new Error('boom'), false],
  ])('decides by default whether to go on after %s', (_, error, goesOn) => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('t#', values, error).pipe(at({ resume: () => cold('r|', values) }));
      if (goesOn) expectObservable(source$).toBe('t1|', values);
      else expectObservable(source$).toBe('t#', values, error);
    });
  });

  it('resumes after the failures that `when` lists or accepts', () => {
    marbles(({ cold, expectObservable }) => {
      const resume$ = () => cold('r|', values);
      const boom = new Error('boom');
      expectObservable(cold('t#', values, failed('auth')).pipe(at({ when: ['auth'], resume: resume$ }))).toBe(
        't1|',
        values,
      );
      expectObservable(cold('t#', values, dropped).pipe(at({ when: ['auth'], resume: resume$ }))).toBe(
        't#',
        values,
        dropped,
      );
      expectObservable(
        cold('t#', values, boom).pipe(
          at({ when: (error, attempt) => error === boom && attempt === 1, resume: resume$ }),
        ),
      ).toBe('t1|', values);
    });
  });

  it('waits for the reset of a usage limit with `waitForReset`', () => {
    marbles(({ cold, expectObservable }) => {
      const limit = failed('usage_limit', { resetsAt: new Date(5_000) });
      const resume$ = () => cold('r|', values);
      expectObservable(cold('t#', values, limit).pipe(at({ waitForReset: true, resume: resume$ }))).toBe(
        't 5999ms 1|',
        values,
      );
      expectObservable(cold('t#', values, limit).pipe(at({ waitForReset: 7_000, resume: resume$ }))).toBe(
        't 5999ms 1|',
        values,
      );
    });
  });

  it('does not wait for a usage limit whose reset is too late or unknown', () => {
    marbles(({ cold, expectObservable }) => {
      const late = failed('usage_limit', { resetsAt: new Date(5_000) });
      const unknown = failed('usage_limit');
      expectObservable(cold('t#', values, late).pipe(at({ waitForReset: 3_000 }))).toBe('t#', values, late);
      expectObservable(cold('t#', values, unknown).pipe(at({ waitForReset: true }))).toBe('t#', values, unknown);
    });
  });

  it('waits longer before each attempt', () => {
    marbles(({ cold, expectObservable }) => {
      const delay = { initial: 10, factor: 3, max: 50, jitter: 0 };
      const resume$ = () => cold('r#', values, dropped);
      expectObservable(cold('t#', values, dropped).pipe(at({ count: 3, delay, resume: resume$ }))).toBe(
        't 10ms 1 30ms 2 50ms 3#',
        { ...values, 3: threadStarted('t1', { resumed: true, attempt: 3 }) },
        dropped,
      );
    });
  });

  it('waits as long as a function returns', () => {
    marbles(({ cold, expectObservable }) => {
      const delay = (error: unknown, attempt: number) => (error === dropped ? attempt * 5 : -1);
      const resume$ = (_: string, __: unknown, attempt: number) =>
        cold(attempt === 1 ? 'r#' : 'r|', values, exited('panic'));
      expectObservable(cold('t#', values, dropped).pipe(at({ delay, resume: resume$ }))).toBe('t 5ms 12|', values);
    });
  });

  it('randomizes part of the wait', () => {
    const random = jest.spyOn(Math, 'random').mockReturnValue(1);
    marbles(({ cold, expectObservable }) => {
      const resume$ = () => cold('r|', values);
      expectObservable(cold('t#', values, dropped).pipe(resumeOnFailure({ resume: resume$ }))).toBe(
        't 500ms 1|',
        values,
      );
    });
    random.mockRestore();
  });

  it('errors with the error that `resume` throws', () => {
    marbles(({ cold, expectObservable }) => {
      const resume$ = (): never => {
        throw new Error('broken');
      };
      expectObservable(cold('t#', values, dropped).pipe(at({ resume: resume$ }))).toBe(
        't#',
        values,
        new Error('broken'),
      );
    });
  });

  it('marks only the first start, and continues with another thread if it starts', () => {
    const calls: string[] = [];
    marbles(({ cold, expectObservable }) => {
      const o = threadStarted('t9');
      const resume$: ResumeOnFailureOptions['resume'] = (thread_id, _, attempt) => {
        calls.push(thread_id);
        return cold(attempt === 1 ? 'oo#' : 'r|', { ...values, o }, dropped);
      };
      expectObservable(cold('t#', values, dropped).pipe(at({ resume: resume$ }))).toBe('tpo2|', {
        ...values,
        o,
        p: { ...o, attempt: 1 },
      });
    });
    expect(calls).toEqual(['t1', 't9']);
  });

  it('unsubscribes from the resumed stream when it is unsubscribed', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const next$ = cold('--r', values);
      expectObservable(cold('t#', values, dropped).pipe(at({ resume: () => next$ })), '^-!').toBe('t', values);
      expectSubscriptions(next$.subscriptions).toBe('-^!');
    });
  });

  it('stops the wait when it is unsubscribed, and resumes nothing', () => {
    const resumed: string[] = [];
    marbles(({ cold, expectObservable }) => {
      const waiting = (name: string) =>
        at({ delay: 5, resume: () => (resumed.push(name), cold<ThreadEvent>('10ms |')) });
      expectObservable(cold('t#', values, dropped).pipe(waiting('left')), '^--!').toBe('t', values);
      expectObservable(cold('t#', values, dropped).pipe(waiting('stayed'))).toBe('t 15ms |', values);
    });
    expect(resumed).toEqual(['stayed']);
  });

  it('does not begin with the attempts of an earlier subscription', () => {
    const attempts: number[] = [];
    const source$ = concat(
      of(values.t),
      throwError(() => dropped),
    ).pipe(
      resumeOnFailure({
        delay: () => 0,
        count: 1,
        resume: (_, __, attempt) => {
          attempts.push(attempt);
          return NEVER;
        },
      }),
    );
    marbles(({ expectObservable }) => {
      expectObservable(source$, '^--!').toBe('t', values);
      expectObservable(source$, '---^--!').toBe('---t', values);
    });
    expect(attempts).toEqual([1, 1]);
  });

  it.each<[Partial<ResumeOnFailureOptions>, string]>([
    [{ count: -1 }, 'resumeOnFailure.count'],
    [{ count: Number.NaN }, 'resumeOnFailure.count'],
    [{ delay: -1 }, 'resumeOnFailure.delay.initial'],
    [{ waitForReset: -1 }, 'resumeOnFailure.waitForReset'],
    [{ waitForReset: Number.NaN }, 'resumeOnFailure.waitForReset'],
    [{ waitForReset: 'x' as never }, 'resumeOnFailure.waitForReset'],
    [{ delay: null as never }, 'resumeOnFailure.delay'],
    [{ delay: '5' as never }, 'resumeOnFailure.delay'],
    [{ delay: { factor: 0.5 } }, 'resumeOnFailure.delay.factor'],
    [{ delay: { max: -1 } }, 'resumeOnFailure.delay.max'],
    [{ delay: { jitter: 2 } }, 'resumeOnFailure.delay.jitter'],
  ])('refuses %j', (config, field) => {
    expect(() => at(config)).toThrow(matching({ code: 'REQUEST_INVALID', field }));
  });

  it('does not mark other events', () => {
    const events: ThreadEvent[] = [];
    of(values.t, values.d)
      .pipe(at({}))
      .subscribe((event) => events.push(event));
    expect(events).toEqual([values.t, values.d]);
  });
});
