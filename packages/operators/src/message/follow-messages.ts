import type { ThreadEvent } from '@codex-rx/core/events';
import { turnEnd } from '../turn-end.js';
import { RecentTurns } from './recent-turns.js';
import { type TextDelta, TurnMessages } from './turn-messages.js';

/** What an event says about messages: a piece of one, or the answer of the turn that is complete with it. */
export interface MessageNews {
  readonly piece?: TextDelta | undefined;
  readonly answer?: string | undefined;
}

const none: MessageNews = {};

/** A function that is told every event of a stream, and tells what is new. */
export function followMessages(): (event: ThreadEvent) => MessageNews {
  const turns = new RecentTurns(() => new TurnMessages());
  const found = (piece: TextDelta | undefined): MessageNews => (piece === undefined ? none : { piece });

  return (event) => {
    const end = turnEnd(event);
    if (end !== undefined) {
      const messages = turns.turnEnded(event);
      const news = end === 'completed' && messages !== undefined ? { answer: messages.answer } : none;
      messages?.close();
      return news;
    }
    switch (event.type) {
      case 'thread.started':
        turns.threadStarted(event.thread_id);
        return none;
      case 'turn.started':
        turns.turnStarted(event);
        return none;
      case 'item.delta':
        return event.item_type === 'agent_message' ? found(turns.turnOf(event).grow(event)) : none;
      case 'item.started':
      case 'item.updated':
      case 'item.completed':
        return event.item.type === 'agent_message' ? found(turns.turnOf(event).tell(event)) : none;
      default:
        return none;
    }
  };
}
