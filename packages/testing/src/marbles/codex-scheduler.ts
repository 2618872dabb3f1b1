import type { Observable } from 'rxjs';
import { type RunHelpers, TestScheduler } from 'rxjs/testing';
import { compareTimelines } from '../compare/compare-timelines.js';
import { differences } from '../compare/differences.js';
import { showValue } from '../compare/show-value.js';
import { completeAt, errorAt, type Frame, nextAt } from '../timeline/frame.js';
import { expectedMeaning } from './marble-meaning.js';
import { parseMarbles } from './parse-marbles.js';
import type { RunMarbles } from './to-marbles.js';

/** When an expectation leaves. */
export interface ExpectRunOptions {
  /** Unsubscribe at that frame (ms); for runs that do not end. */
  readonly until?: number | undefined;
}

export interface RunExpectation {
  /**
   * What the run does, as a diagram (see `fromMarbles`) with the values of its names. A word in braces without a value stands for any event of that
   * name (`{+cmd0}`, `{msg1}`, `{done}`), `#` without an error for any error. Of an event's `thread_id` and `turn_id` only what the value states
   * is compared. Matchers such as `expect.any(String)` may stand in for values.
   *
   * Throws, when virtual time has run, an error that shows both timelines side by side.
   */
  toBe(marbles: string | RunMarbles, values?: Readonly<Record<string, unknown>>, error?: unknown): void;
}

export type ExpectRun = (source$: Observable<unknown>, options?: ExpectRunOptions) => RunExpectation;

/** What a test in virtual time gets: the helpers of RxJS, and `expectRun`. */
export interface CodexRunHelpers extends RunHelpers {
  readonly expectRun: ExpectRun;
}

/** A source that emits that many more values than expected is left: it might never end. */
const SURPLUS = 100;

/** The scheduler whose `run` is being executed. */
let current: CodexScheduler | undefined;

function during<T>(scheduler: CodexScheduler, work: () => T): T {
  const before = current;
  current = scheduler;
  try {
    return work();
  } finally {
    current = before;
  }
}

/** RxJS' TestScheduler with `expectRun`, and with failures that show timelines. Made by `codexScheduler()`. */
export class CodexScheduler extends TestScheduler {
  #checks: (() => void)[] = [];

  constructor() {
    super(assertSame);
  }

  /**
   * Runs a test in virtual time: RxJS' timers, `replay$` and `fromMarbles` take no real time. The helpers are those of RxJS' `run`, and `expectRun`.
   */
  override run<T>(test: (helpers: CodexRunHelpers) => T): T {
    // Left over if an earlier test threw before its end.
    this.#checks = [];
    return during(this, () =>
      super.run((helpers) => test({ ...helpers, expectRun: (source$, options) => this.expectRun(source$, options) })),
    );
  }

  override flush(): void {
    super.flush();
    for (const check of this.#checks.splice(0)) check();
  }

  /** Expects what a stream does from the present frame on. Only while `run` is being executed. */
  expectRun(source$: Observable<unknown>, { until }: ExpectRunOptions = {}): RunExpectation {
    const actual: Frame<unknown>[] = [];
    let expected: readonly Frame<unknown>[] = [];
    this.schedule(() => {
      const subscription = source$.subscribe({
        next: (value) => {
          actual.push(nextAt(this.frame, value));
          if (actual.length >= expected.length + SURPLUS) subscription.unsubscribe();
        },
        error: (error: unknown) => actual.push(errorAt(this.frame, error)),
        complete: () => actual.push(completeAt(this.frame)),
      });
      if (until !== undefined)
        this.schedule(() => {
          subscription.unsubscribe();
        }, until);
    }, 0);
    return {
      toBe: (marbles, values, error) => {
        expected =
          typeof marbles === 'string'
            ? parseMarbles(marbles, expectedMeaning(values, error))
            : parseMarbles(marbles.marbles, expectedMeaning(marbles.values, marbles.error));
        this.#checks.push(() => {
          const report = compareTimelines(expected, actual);
          if (report !== undefined) throw new Error(report);
        });
      },
    };
  }
}

/** The assertion of RxJS' own `expectObservable` and `expectSubscriptions`. */
function assertSame(actual: unknown, expected: unknown): void {
  if (areMoments(actual) && areMoments(expected)) {
    const report = compareTimelines(expected, actual);
    if (report !== undefined) throw new Error(report);
    return;
  }
  const [first, ...others] = differences(expected, actual);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${String(others.length)} more differences)`;
  throw new Error(
    `Not as expected at ${first.path}: expected ${showValue(first.expected)}, got ${showValue(first.actual)}${more}`,
  );
}

const areMoments = (value: unknown): value is readonly Frame<unknown>[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && 'notification' in one);

/**
 * A scheduler for tests in virtual time: RxJS' TestScheduler, with diagrams of any length and time span and failures that show timelines.
 *
 * ```ts
 * import { codexScheduler, events, fromMarbles, items } from '@codex-rx/testing';
 * import { delay } from 'rxjs';
 *
 * codexScheduler().run(({ expectRun }) => {
 *   const run$ = fromMarbles('{thread turn} 12ms {msg} 3s {done |}', { msg: events.itemCompleted(items.agentMessage('Hello.')) });
 *   expectRun(run$.pipe(delay(5))).toBe('5ms {thread turn} 12ms {msg0} 3s {done |}');
 * });
 * ```
 */
export function codexScheduler(): CodexScheduler {
  return new CodexScheduler();
}

/**
 * Expects what a run does, in virtual time: inside of `codexScheduler().run(…)` when that ends, else at once, in a virtual time of its own.
 *
 * ```ts
 * import { expectRun, fromMarbles } from '@codex-rx/testing';
 * import { filter } from 'rxjs';
 *
 * const run$ = fromMarbles('{thread} 2s {turn done |}');
 * expectRun(run$.pipe(filter((event) => event.type === 'turn.completed'))).toBe('2s {done |}');
 * ```
 */
export const expectRun: ExpectRun = (source$, options) => ({
  toBe: (marbles, values, error) => {
    if (current !== undefined) current.expectRun(source$, options).toBe(marbles, values, error);
    else
      new CodexScheduler().run((helpers) => {
        helpers.expectRun(source$, options).toBe(marbles, values, error);
      });
  },
});
