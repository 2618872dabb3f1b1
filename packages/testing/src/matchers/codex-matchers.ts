import type { ThreadEvent } from '@codex-rx/core/events';
import type { Fixture } from '../fixtures/fixture.js';
import type { FixtureSource } from '../fixtures/load-fixture.js';
import type { WithinOptions } from './observe-run.js';
import type { ExpectedEvent } from './to-emit-events.js';
import type { EndTurnOptions } from './to-end-turn.js';
import type { LeaveNoProcessOptions } from './to-leave-no-process.js';
import type { MatchRunOptions } from './to-match-run.js';

/**
 * Matchers on runs: on an Observable of events (or a Promise, an AsyncIterable, an array of them), in real time. All of them are asynchronous: `await` them.
 * A run that does not end within `within` ms (default 30,000) is left, and the test fails. A word that no run can have, such as a misspelt
 * outcome, category or event type, is a `TypeError` before the run is subscribed to, also before `.not`.
 */
export interface CodexMatchers {
  /**
   * The run emits these events and no others, in this order, however it ends. An expected event is a type, a name in diagrams, or the fields
   * that it must have.
   *
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
   * The turn ends in that way, and the run after it: a completed turn completes it. `message` is the final message, or what a failed turn says.
   *
   * ```ts no-run
   * import '@codex-rx/testing/jest';
   * import { replay$ } from '@codex-rx/testing';
   *
   * await expect(replay$('0.169.0/usage-limit')).toEndTurn('failed', { message: /usage limit/, category: 'usage_limit' });
   * ```
   */
  toEndTurn(outcome?: 'completed' | 'failed', options?: EndTurnOptions): Promise<void>;
  /**
   * The run emits the events of a recorded one (or of a list) and ends as it did, whenever. Ids of threads and turns need not be the same, only be the
   * same where they were.
   *
   * ```ts no-run
   * import '@codex-rx/testing/jest';
   * import { exec$ } from '@codex-rx/core';
   *
   * await expect(exec$({ prompt: 'Say hello.' })).toMatchRun('0.169.0/plain-answer', { ignore: ['usage', 'item.text'] });
   * ```
   */
  toMatchRun(expected: Fixture | FixtureSource | readonly ThreadEvent[], options?: MatchRunOptions): Promise<void>;
  /**
   * Of a fake CLI, or of pids: no process is alive within `within` ms (default 6,000). Zombies are dead.
   *
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
