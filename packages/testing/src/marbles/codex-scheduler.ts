import type { Observable } from 'rxjs';
import { type RunHelpers, TestScheduler } from 'rxjs/testing';
import { differences } from '../compare/differences.js';
import { showValue } from '../compare/show-value.js';
import { timelineError } from '../compare/timeline-error.js';
import { completeAt, errorAt, type Frame, nextAt } from '../timeline/frame.js';
import { expectedMeaning } from './marble-meaning.js';
import { parseMarbles } from './parse-marbles.js';
import type { RunMarbles } from './to-marbles.js';

/** When an expectation unsubscribes. */
export interface ExpectRunOptions {
  /** Unsubscribes at this frame (ms). For runs that do not end. */
  readonly until?: number | undefined;
}

/** The expectation for a run. */
export interface RunExpectation {
  /**
   * Compares the run with a diagram (see `fromMarbles`) and the values of its names.
   *
   * A word in braces without a value matches any event of that name (`{+cmd0}`, `{msg1}`, `{done}`), and `#` without an
   * error any error. The `thread_id` and `turn_id` of an event are compared only if the value has them. Asymmetric
   * matchers such as `expect.any(String)` may replace values.
   *
   * @throws Error with both timelines side by side, at the end of virtual time, if the run differs.
   */
  toBe(marbles: string | RunMarbles, values?: Readonly<Record<string, unknown>>, error?: unknown): void;
}

/** Compares a run with a marble diagram. */
export type ExpectRun = (source$: Observable<unknown>, options?: ExpectRunOptions) => RunExpectation;

/** The helpers of a test in virtual time: those of RxJS, and `expectRun`. */
export interface CodexRunHelpers extends RunHelpers {
  /** Compares a run with a marble diagram. */
  readonly expectRun: ExpectRun;
}

/** Unsubscribes from a source after this number of surplus values, because it might never end. */
const MAX_SURPLUS = 100;

/** The scheduler whose `run` is executing. */
let current: CodexScheduler | undefined;

function withCurrent<T>(scheduler: CodexScheduler, work: () => T): T {
  const before = current;
  current = scheduler;
  try {
    return work();
  } finally {
    current = before;
  }
}

/** RxJS' TestScheduler with `expectRun` and failures that show timelines. Created by `codexScheduler()`. */
export class CodexScheduler extends TestScheduler {
  #checks: (() => void)[] = [];

  constructor() {
    super(assertSame);
  }

  /**
   * Runs a test in virtual time: RxJS' timers, `replay$` and `fromMarbles` take no real time.
   *
   * @param test receives the helpers of RxJS' `run`, and `expectRun`
   * @returns the return value of `test`
   */
  override run<T>(test: (helpers: CodexRunHelpers) => T): T {
    // An earlier test that threw may have left checks.
    this.#checks = [];
    return withCurrent(this, () =>
      super.run((helpers) => test({ ...helpers, expectRun: (source$, options) => this.expectRun(source$, options) })),
    );
  }

  override flush(): void {
    super.flush();
    for (const check of this.#checks.splice(0)) check();
  }

  /** Compares a stream from the current frame on. Call it inside `run` only. */
  expectRun(source$: Observable<unknown>, { until }: ExpectRunOptions = {}): RunExpectation {
    const actual: Frame<unknown>[] = [];
    let expected: readonly Frame<unknown>[] = [];
    this.schedule(() => {
      const subscription = source$.subscribe({
        next: (value) => {
          actual.push(nextAt(this.frame, value));
          if (actual.length >= expected.length + MAX_SURPLUS) subscription.unsubscribe();
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
          const error = timelineError(expected, actual);
          if (error !== undefined) throw error;
        });
      },
    };
  }
}

/** The assertion of RxJS' `expectObservable` and `expectSubscriptions`. */
function assertSame(actual: unknown, expected: unknown): void {
  if (areFrames(actual) && areFrames(expected)) {
    const error = timelineError(expected, actual);
    if (error !== undefined) throw error;
    return;
  }
  const [first, ...others] = differences(expected, actual);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${String(others.length)} more differences)`;
  throw new Error(
    `Different at ${first.path}: expected ${showValue(first.expected)}, got ${showValue(first.actual)}${more}`,
  );
}

const areFrames = (value: unknown): value is readonly Frame<unknown>[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && 'notification' in one);

/**
 * Creates a scheduler for tests in virtual time: RxJS' TestScheduler with diagrams of any length and duration, and with
 * failures that show timelines.
 *
 * @example
 * ```ts
 * import { codexScheduler, events, fromMarbles, items } from '@codex-rx/testing';
 * import { delay } from 'rxjs';
 *
 * codexScheduler().run(({ expectRun }) => {
 *   const msg = events.itemCompleted(items.agentMessage('Hello.'));
 *   const run$ = fromMarbles('{thread turn} 12ms {msg} 3s {done |}', { msg });
 *   expectRun(run$.pipe(delay(5))).toBe('5ms {thread turn} 12ms {msg0} 3s {done |}');
 * });
 * ```
 */
export function codexScheduler(): CodexScheduler {
  return new CodexScheduler();
}

/**
 * Compares a run with a diagram in virtual time: at the end of the enclosing `codexScheduler().run(…)`, or
 * synchronously in its own virtual time.
 *
 * @example
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
