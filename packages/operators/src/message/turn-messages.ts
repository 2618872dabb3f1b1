import type {
  EventContext,
  ItemCompletedEvent,
  ItemDeltaEvent,
  ItemStartedEvent,
  ItemUpdatedEvent,
} from '@codex-rx/core/events';
import { type ThreadContext, threadContext } from '../thread/thread-context.js';

/** A piece of a message of the agent. */
export interface TextDelta extends ThreadContext {
  readonly itemId: string;
  /** What to append to the message; with `replaces`, the whole message. */
  readonly text: string;
  /** What was emitted for this message before is void: the CLI has rewritten it. */
  readonly replaces: boolean;
  /** The message is complete. */
  readonly completed: boolean;
}

interface Message {
  /** Absent when it is final: only its id is remembered then. */
  readonly text: string | undefined;
  readonly isComplete: boolean;
  /** On the way to the answer. */
  readonly isComment: boolean;
}

/** The messages of a turn as told so far. Mutable: to copy them for each piece would cost more than the pieces. */
export class TurnMessages {
  /** By id; those that are complete in the order in which they became so. */
  readonly #messages = new Map<string, Message>();

  /** The last one, but a comment does not count where there is another one, nor one that is not complete where one is. */
  get answer(): string {
    let best: Message | undefined;
    for (const message of this.#messages.values()) {
      if (best === undefined || rank(message) >= rank(best)) best = message;
    }
    return best?.text ?? '';
  }

  /** A piece is told. What it adds, if anything: a message that is complete does not grow. */
  grow(event: ItemDeltaEvent): TextDelta | undefined {
    const { item_id, delta } = event;
    const known = this.#messages.get(item_id);
    if (known?.isComplete === true) return undefined;
    const text = delta.text_delta ?? '';
    this.#messages.set(item_id, { text: (known?.text ?? '') + text, isComplete: false, isComment: false });
    return text === '' ? undefined : pieceOf(event, item_id, { text });
  }

  /** The whole message is told. What is new of it, if anything: one that is complete is only changed by another completion. */
  tell(event: ItemStartedEvent | ItemUpdatedEvent | ItemCompletedEvent): TextDelta | undefined {
    const { item } = event;
    if (item.type !== 'agent_message') return undefined;
    const { id, text, phase } = item;
    const completed = event.type === 'item.completed';
    const isComment = phase === 'commentary';
    const known = this.#messages.get(id);
    if (known?.isComplete === true) {
      if (!completed) return undefined;
      this.#messages.set(id, { text: known.text === undefined ? undefined : text, isComplete: true, isComment });
      return known.text === text ? undefined : pieceOf(event, id, { text, replaces: true, completed });
    }
    // What is complete moves behind what became so before.
    if (completed) this.#messages.delete(id);
    this.#messages.set(id, { text, isComplete: completed, isComment });
    const before = known?.text ?? '';
    const replaces = !text.startsWith(before);
    const added = replaces ? text : text.slice(before.length);
    return added === '' && !completed && !replaces
      ? undefined
      : pieceOf(event, id, { text: added, replaces, completed });
  }

  /** The turn is over: the texts of what is complete are forgotten. */
  close(): void {
    for (const [id, message] of this.#messages) {
      if (message.isComplete) this.#messages.set(id, { ...message, text: undefined });
    }
  }
}

function rank({ isComplete, isComment }: Message): number {
  if (!isComplete) return 0;
  return isComment ? 1 : 2;
}

function pieceOf(
  event: EventContext,
  itemId: string,
  { text, replaces = false, completed = false }: { text: string; replaces?: boolean; completed?: boolean },
): TextDelta {
  return {
    itemId,
    text,
    replaces,
    completed,
    ...threadContext(event),
  };
}
