import { type Fields, isObject } from '../codecs/shape.js';

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

/** The ids that belong on an event, and what is remembered after it. */
export interface Inherited {
  readonly threadId: string | undefined;
  readonly turnId: string | undefined;
  readonly next: DecoderState;
}

/** Text with something in it, without the blanks around it. Numbers, `null` and blanks count as missing. */
export function usableText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

/**
 * Finds the thread and turn of an event: on the event itself, else in what came before. It looks at ids alone, so that an event
 * with a wrong body still moves the context on.
 */
export function inherit(state: DecoderState, role: ContextRole, value: Fields): Inherited {
  const { lineNumber, threadId, turnId, syntheticTurns } = state;
  const ownThread = usableText(value.thread_id) ?? usableText(value.conversation_id);
  switch (role) {
    case 'thread': {
      const started = ownThread ?? usableText(value.id);
      if (started === undefined) return { threadId: undefined, turnId: undefined, next: state };
      const next = { lineNumber, threadId: started, turnId: undefined, syntheticTurns };
      return { threadId: started, turnId: undefined, next };
    }
    case 'turn-start': {
      const thread = ownThread ?? threadId;
      const ownTurn = usableText(value.turn_id) ?? usableText(value.id);
      // Some CLI versions let the turns of sub-agents through, without an id: such a one does not replace the open turn.
      const synthetic = ownTurn === undefined && turnId === undefined;
      const made = synthetic ? syntheticTurns + 1 : syntheticTurns;
      const turn = ownTurn ?? turnId ?? `synthetic-turn-${String(made)}`;
      const next = { lineNumber, threadId: thread, turnId: turn, syntheticTurns: made };
      return { threadId: thread, turnId: turn, next };
    }
    case 'turn-end': {
      const thread = ownThread ?? threadId;
      const turn = usableText(value.turn_id) ?? usableText(value.id) ?? turnId;
      const next = { lineNumber, threadId: thread, turnId: undefined, syntheticTurns };
      return { threadId: thread, turnId: turn, next };
    }
    case 'item': {
      const item = isObject(value.item) ? value.item : undefined;
      return {
        threadId: usableText(item?.thread_id) ?? ownThread ?? threadId,
        turnId: usableText(item?.turn_id) ?? usableText(value.turn_id) ?? turnId,
        next: state,
      };
    }
    case 'other':
      return { threadId: ownThread ?? threadId, turnId: usableText(value.turn_id) ?? turnId, next: state };
  }
}
