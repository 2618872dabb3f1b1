import type { ThreadEvent } from '@codex-rx/core/events';
import type { Fixture } from '../fixtures/fixture.js';
import type { FixtureSource } from '../fixtures/load-fixture.js';
import type { WithinOptions } from './observe-run.js';
import type { ExpectedEvent } from './to-emit-events.js';
import type { EndTurnOptions } from './to-end-turn.js';
import type { LeaveNoProcessOptions } from './to-leave-no-process.js';
import type { MatchRunOptions } from './to-match-run.js';

/**
 * Asynchronous matchers on runs in real time. A run is an Observable of events, or a Promise, an AsyncIterable or an
 * array.
 *
 * A matcher unsubscribes from a run that does not end within `within` ms (default 30,000), and fails. An unknown
 * outcome, category or event type throws a `TypeError` before the run is subscribed to, also after `.not`.
 */
export interface CodexMatchers {
  /**
   * Passes if the run emits exactly these events in this order, regardless of its end. An expected event is a type, a
   * name in diagrams, or the fields that the event must have.
   *
   * @example
   * ```ts no-run
   * import '@codex-rx/testing/jest';
   * import { replay$ } from '@codex-rx/testing';
   *
   * await expect(replay$('0.169.0/plain-answer')).toEmitEvents([
   *   'thread.started',
   *   'turn',
   *   { type: 'item.completed', item: { type: 'agent_message' } },
   *   'done',
   * ]);
   * ```
   */
  toEmitEvents(expected: readonly ExpectedEvent[], options?: WithinOptions): Promise<void>;
  /**
   * Passes if the turn has this outcome and the run then ends: it completes after a completed turn. `message` is
   * compared with the final message, or with the error message of a failed turn.
   *
   * @example
   * ```ts no-run
   * import '@codex-rx/testing/jest';
   * import { replay$ } from '@codex-rx/testing';
   *
   * const run$ = replay$('0.169.0/usage-limit');
   * await expect(run$).toEndTurn('failed', { message: /usage limit/, category: 'usage_limit' });
   * ```
   */
  toEndTurn(outcome?: 'completed' | 'failed', options?: EndTurnOptions): Promise<void>;
  /**
   * Passes if the run emits the events of a recorded run (or of a list) and ends like it. Ignores times. Ids of
   * threads and turns may differ, if equal ids stay equal.
   *
   * @example
   * ```ts no-run
   * import '@codex-rx/testing/jest';
   * import { exec$ } from '@codex-rx/core';
   *
   * const run$ = exec$({ prompt: 'Say hello.' });
   * await expect(run$).toMatchRun('0.169.0/plain-answer', { ignore: ['usage', 'item.text'] });
   * ```
   */
  toMatchRun(expected: Fixture | FixtureSource | readonly ThreadEvent[], options?: MatchRunOptions): Promise<void>;
  /**
   * Passes if the processes of a fake CLI, or these pids, exit within `within` ms (default 6,000). Ignores zombies.
   *
   * @example
   * ```ts no-run
   * import '@codex-rx/testing/jest';
   * import { exec$ } from '@codex-rx/core';
   * import { fakeCodex } from '@codex-rx/testing';
   *
   * const fake = fakeCodex([{ hang: true }]);
   * exec$({ prompt: 'hello', ...fake.options }).subscribe().unsubscribe();
   * await expect(fake).toLeaveNoProcess();
   * ```
   */
  toLeaveNoProcess(options?: LeaveNoProcessOptions): Promise<void>;
}
