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
 * A run that does not end within `within` ms (default 30,000) is left, and the test fails.
 */
export interface CodexMatchers {
  /**
   * The run emits these events and no others, in this order, however it ends. An expected event is a type, a name in diagrams, or the fields
   * that it must have.
   *
   * ```ts
   * await expect(run$).toEmitEvents(['thread', 'turn', { type: 'item.completed', item: { text: 'Hello.' } }, 'turn.completed']);
   * ```
   */
  toEmitEvents(expected: readonly ExpectedEvent[], options?: WithinOptions): Promise<void>;
  /**
   * The turn ends in that way, and the run after it: a completed turn completes it. `message` is the final message, or what a failed turn says.
   *
   * ```ts
   * await expect(run$).toEndTurn('failed', { message: /usage limit/, category: 'usage_limit' });
   * ```
   */
  toEndTurn(outcome?: 'completed' | 'failed', options?: EndTurnOptions): Promise<void>;
  /**
   * The run emits the events of a recorded one (or of a list) and ends as it did, whenever. Ids of threads and turns need not be the same, only be the
   * same where they were.
   *
   * ```ts
   * await expect(run$).toMatchRun('0.169.0/hello', { ignore: ['usage'] });
   * ```
   */
  toMatchRun(expected: Fixture | FixtureSource | readonly ThreadEvent[], options?: MatchRunOptions): Promise<void>;
  /**
   * Of a fake CLI, or of pids: no process is alive within `within` ms (default 6,000). Zombies are dead.
   *
   * ```ts
   * await expect(fake).toLeaveNoProcess();
   * ```
   */
  toLeaveNoProcess(options?: LeaveNoProcessOptions): Promise<void>;
}
