import { type Fields, isObject } from '../codecs/fields.js';

/** What a decoder remembers between lines. Immutable. */
export interface DecoderState {
  /** Lines seen, blank ones included: the 1-based number of the last one. */
  readonly lineNumber: number;
  readonly threadId: string | undefined;
  /** The turn that is open. */
  readonly turnId: string | undefined;
  /** How many turn ids were made up. */
  readonly syntheticTurns: number;
}

export const initialState: DecoderState = {
  lineNumber: 0,
  threadId: undefined,
  turnId: undefined,
  syntheticTurns: 0,
};

/** How an event type takes part in the inheritance of ids. */
export type ContextRole = 'thread' | 'turn-start' | 'turn-end' | 'item' | 'other';

/** The ids that belong on an event. */
export interface Ids {
  readonly threadId: string | undefined;
  readonly turnId: string | undefined;
}

/** The state while a line is being decoded: one object for all lines, because a new one for each would cost more than the rest. */
export type Memory = { -readonly [K in keyof DecoderState]: DecoderState[K] };

/** Text with something in it, without the blanks around it. Numbers, `null` and blanks count as missing. */
export function usableText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

/**
 * Finds the thread and turn of an event, on the event itself, else in `memory`, and moves `memory` on. It looks at ids alone, so that an
 * event with a wrong body still counts.
 */
export function inherit(memory: Memory, role: ContextRole, value: Fields): Ids {
  const ownThread = usableText(value.thread_id) ?? usableText(value.conversation_id);
  switch (role) {
    case 'thread': {
      const threadId = ownThread ?? usableText(value.id);
      if (threadId !== undefined) {
        memory.threadId = threadId;
        memory.turnId = undefined;
      }
      return { threadId, turnId: undefined };
    }
    case 'turn-start': {
      memory.threadId = ownThread ?? memory.threadId;
      // Some CLI versions let the turns of sub-agents through, without an id: such a one does not replace the open turn.
      memory.turnId = usableText(value.turn_id) ?? usableText(value.id) ?? memory.turnId ?? syntheticTurn(memory);
      return { threadId: memory.threadId, turnId: memory.turnId };
    }
    case 'turn-end': {
      memory.threadId = ownThread ?? memory.threadId;
      const turnId = usableText(value.turn_id) ?? usableText(value.id) ?? memory.turnId;
      memory.turnId = undefined;
      return { threadId: memory.threadId, turnId };
    }
    case 'item': {
      const item = isObject(value.item) ? value.item : undefined;
      return {
        threadId: usableText(item?.thread_id) ?? ownThread ?? memory.threadId,
        turnId: usableText(item?.turn_id) ?? usableText(value.turn_id) ?? memory.turnId,
      };
    }
    case 'other':
      return { threadId: ownThread ?? memory.threadId, turnId: usableText(value.turn_id) ?? memory.turnId };
  }
}

function syntheticTurn(memory: Memory): string {
  memory.syntheticTurns += 1;
  return `synthetic-turn-${String(memory.syntheticTurns)}`;
}
