import { terminalTypeOf } from '../accessors.js';
import type { ThreadEvent } from '../events.js';
import { RecentTurns } from './recent-turns.js';
import { type TextDelta, TurnMessages } from './turn-messages.js';

/** The changes of an event to the messages of a stream. */
export interface MessageUpdate {
  /** Text that was added to a message. */
  readonly delta?: TextDelta | undefined;
  /** The answer of the turn that completes with the event. */
  readonly answer?: string | undefined;
}

const unchanged: MessageUpdate = {};

/**
 * Returns a function that takes each event of a stream and returns what the event changes in the agent's messages.
 *
 * <span class="informal">The rule by which `sendPrompt$`, `finalMessage()` and `textDeltas()` find messages.</span>
 *
 * The answer of a turn is the text of its last message, or `''` without a message. Comments (`phase: 'commentary'`)
 * count only in a turn without another message, and incomplete messages only in a turn without a complete one. Use one
 * tracker for each stream: it has a state.
 *
 * @example
 * ```ts
 * import { messageTracker } from '@codex-rx/core/events';
 *
 * const track = messageTracker();
 * track({ type: 'item.completed', item: { id: 'm', type: 'agent_message', text: '42' } });
 * console.log(track({ type: 'turn.completed' }).answer); // 42
 * ```
 *
 * @returns A function that returns the added text and, at the end of a turn, its answer.
 */
export function messageTracker(): (event: ThreadEvent) => MessageUpdate {
  const turns = new RecentTurns(() => new TurnMessages());

  return (event) => {
    const end = terminalTypeOf(event);
    if (end !== undefined) {
      const messages = turns.turnEnded(event);
      const answer = end === 'turn.completed' ? messages?.answer : undefined;
      messages?.forgetTexts();
      return { answer };
    }
    switch (event.type) {
      case 'thread.started':
        turns.threadStarted(event.thread_id);
        return unchanged;
      case 'turn.started':
        turns.turnStarted(event);
        return unchanged;
      case 'item.delta':
        return event.item_type === 'agent_message' ? { delta: turns.turnOf(event).applyDelta(event) } : unchanged;
      case 'item.started':
      case 'item.updated':
      case 'item.completed':
        return event.item.type === 'agent_message' ? { delta: turns.turnOf(event).applyItem(event) } : unchanged;
      default:
        return unchanged;
    }
  };
}
