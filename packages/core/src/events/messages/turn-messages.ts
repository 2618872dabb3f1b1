import type {
  EventContext,
  ItemCompletedEvent,
  ItemDeltaEvent,
  ItemStartedEvent,
  ItemUpdatedEvent,
} from '../events.js';
import { type ThreadContext, threadContext } from '../thread-context.js';

/** Text that was added to a message of the agent. */
export interface TextDelta extends ThreadContext {
  /** The id of the message. */
  readonly itemId: string;
  /** Text to append to the message; with `replaces`, the whole message. */
  readonly text: string;
  /** Whether `text` replaces what was emitted for this message before: the CLI has rewritten the message. */
  readonly replaces: boolean;
  /** Whether the message is complete. */
  readonly completed: boolean;
}

interface Message {
  /** `undefined` once the turn has ended. */
  readonly text: string | undefined;
  readonly isComplete: boolean;
  readonly isComment: boolean;
}

/** The messages of a turn. Mutable: copying them for each delta would cost more than the deltas. */
export class TurnMessages {
  /** By id; complete messages in the order of their completion. */
  readonly #messages = new Map<string, Message>();

  /** The last message. Complete messages come before incomplete ones, and answers before comments. */
  get answer(): string {
    let best: Message | undefined;
    for (const message of this.#messages.values()) {
      if (best === undefined || rank(message) >= rank(best)) best = message;
    }
    return best?.text ?? '';
  }

  /** Appends a delta. Returns what it adds, if anything: complete messages do not change. */
  applyDelta(event: ItemDeltaEvent): TextDelta | undefined {
    const { item_id, delta } = event;
    const known = this.#messages.get(item_id);
    if (known?.isComplete === true) return undefined;
    const text = delta.text_delta ?? '';
    this.#messages.set(item_id, { text: (known?.text ?? '') + text, isComplete: false, isComment: false });
    return text === '' ? undefined : textDelta(event, item_id, { text });
  }

  /**
   * Sets the whole message. Returns what is new, if anything: a complete message is only changed by another
   * completion.
   */
  applyItem(event: ItemStartedEvent | ItemUpdatedEvent | ItemCompletedEvent): TextDelta | undefined {
    const { item } = event;
    if (item.type !== 'agent_message') return undefined;
    const { id, text, phase } = item;
    const completed = event.type === 'item.completed';
    const isComment = phase === 'commentary';
    const known = this.#messages.get(id);
    if (known?.isComplete === true) {
      if (!completed) return undefined;
      this.#messages.set(id, { text: known.text === undefined ? undefined : text, isComplete: true, isComment });
      return known.text === text ? undefined : textDelta(event, id, { text, replaces: true, completed });
    }
    // Keeps complete messages in the order of their completion.
    if (completed) this.#messages.delete(id);
    this.#messages.set(id, { text, isComplete: completed, isComment });
    const before = known?.text ?? '';
    const replaces = !text.startsWith(before);
    const added = replaces ? text : text.slice(before.length);
    return added === '' && !completed && !replaces
      ? undefined
      : textDelta(event, id, { text: added, replaces, completed });
  }

  /** Forgets the texts of complete messages, once the turn has ended. */
  forgetTexts(): void {
    for (const [id, message] of this.#messages) {
      if (message.isComplete) this.#messages.set(id, { ...message, text: undefined });
    }
  }
}

function rank({ isComplete, isComment }: Message): number {
  if (!isComplete) return 0;
  return isComment ? 1 : 2;
}

function textDelta(
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
