import type { ThreadEvent } from '@codex-rx/core/events';
import type { ObservableInput } from 'rxjs';
import { anyError } from '../compare/asymmetric-matchers.js';
import { compareTimelines } from '../compare/compare-timelines.js';
import { withOrdinalIds, withoutFields } from '../compare/normalize-events.js';
import type { Fixture } from '../fixtures/fixture.js';
import { fixtureError } from '../fixtures/fixture-error.js';
import { type FixtureSource, loadFixture } from '../fixtures/load-fixture.js';
import { completeAt, errorAt, type Frame, nextAt } from '../timeline/frame.js';
import { failed, type MatcherResult, passed } from './matcher-result.js';
import { type ObservedRun, observeRun, type WithinOptions } from './observe-run.js';

/** Options of `toMatchRun()`. */
export interface MatchRunOptions extends WithinOptions {
  /**
   * Paths of event fields to ignore, such as `usage` or `item.aggregated_output`. `*` matches any key
   * (`item.changes.*.path`).
   */
  readonly ignore?: readonly string[] | undefined;
}

/** Implements `CodexMatchers.toMatchRun`. */
export async function toMatchRun(
  run$: ObservableInput<ThreadEvent>,
  expected: Fixture | FixtureSource | readonly ThreadEvent[],
  options: MatchRunOptions = {},
): Promise<MatcherResult> {
  const observed = await observeRun(run$, options);
  const { ignore = [] } = options;
  const report = compareTimelines(
    toFrames(...expectedRun(expected), ignore),
    toFrames(observed.events, endFrame(observed.end), ignore),
    { timed: false },
  );
  if (report === undefined) return passed('Expected the run not to match.');
  return failed(report);
}

type End = Frame<never> | undefined;

function toFrames(events: readonly ThreadEvent[], end: End, ignore: readonly string[]): Frame<unknown>[] {
  const values = withOrdinalIds(events).map((event) => nextAt(0, withoutFields(event, ignore)));
  return end === undefined ? values : [...values, end];
}

function expectedRun(expected: Fixture | FixtureSource | readonly ThreadEvent[]): [readonly ThreadEvent[], End] {
  if (typeof expected !== 'string' && !('arrivals' in expected)) {
    const last = expected.at(-1);
    return [expected, last?.type === 'turn.failed' ? errorAt(0, anyError) : completeAt(0)];
  }
  const fixture = typeof expected === 'string' ? loadFixture(expected) : expected;
  return [fixture.events, fixtureError(fixture) === undefined ? completeAt(0) : errorAt(0, anyError)];
}

function endFrame(end: ObservedRun['end']): End {
  if (end.kind === 'none') return undefined;
  return end.kind === 'complete' ? completeAt(0) : errorAt(0, end.error);
}
