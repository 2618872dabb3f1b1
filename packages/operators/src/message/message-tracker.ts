import type { ThreadEvent } from '@codex-rx/core/events';
import { turnEnd } from '../thread/turn-end.js';
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

/** Returns a function that takes each event of a stream and returns what it changes. */
export function messageTracker(): (event: ThreadEvent) => MessageUpdate {
  const turns = new RecentTurns(() => new TurnMessages());

  return (event) => {
    const end = turnEnd(event);
    if (end !== undefined) {
      const messages = turns.turnEnded(event);
      const answer = end === 'completed' ? messages?.answer : undefined;
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
