import { type Fields, isObject } from '../schema/fields.js';

/** The state of a decoder between lines. Immutable. */
export interface DecoderState {
  /** The number of lines so far, including blank lines. */
  readonly lineNumber: number;
  /** The thread of the stream, if it has started. */
  readonly threadId: string | undefined;
  /** The open turn. */
  readonly turnId: string | undefined;
  /** The number of synthetic turn ids so far. */
  readonly syntheticTurns: number;
}

export const initialDecoderState: DecoderState = {
  lineNumber: 0,
  threadId: undefined,
  turnId: undefined,
  syntheticTurns: 0,
};

/** How events of a type inherit and set ids. */
export type ContextRole = 'thread' | 'turn-start' | 'turn-end' | 'item' | 'other';

/** The ids of an event. */
export interface EventIds {
  readonly threadId: string | undefined;
  readonly turnId: string | undefined;
}

/**
 * The state while a line is decoded. One object serves all lines: a copy per line costs more than decoding does
 * (`bench:decode`).
 */
export type MutableState = { -readonly [K in keyof DecoderState]: DecoderState[K] };

/** Returns the text without surrounding white space, or `undefined` if the value is blank or not text. */
export function nonBlankText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

/**
 * Returns the thread and turn of an event, from the event itself or from `state`, and updates `state`.
 *
 * Reads ids only, so that an event with a malformed body counts as well.
 */
export function inheritIds(state: MutableState, role: ContextRole, value: Fields): EventIds {
  const ownThread = nonBlankText(value.thread_id) ?? nonBlankText(value.conversation_id);
  switch (role) {
    case 'thread': {
      const threadId = ownThread ?? nonBlankText(value.id);
      if (threadId !== undefined) {
        state.threadId = threadId;
        state.turnId = undefined;
      }
      return { threadId, turnId: undefined };
    }
    case 'turn-start': {
      state.threadId = ownThread ?? state.threadId;
      // Some CLI versions emit turns of sub-agents without an id. These do not replace the open turn.
      state.turnId = nonBlankText(value.turn_id) ?? nonBlankText(value.id) ?? state.turnId ?? syntheticTurn(state);
      return { threadId: state.threadId, turnId: state.turnId };
    }
    case 'turn-end': {
      state.threadId = ownThread ?? state.threadId;
      const turnId = nonBlankText(value.turn_id) ?? nonBlankText(value.id) ?? state.turnId;
      state.turnId = undefined;
      return { threadId: state.threadId, turnId };
    }
    case 'item': {
      const item = isObject(value.item) ? value.item : undefined;
      return {
        threadId: nonBlankText(item?.thread_id) ?? ownThread ?? state.threadId,
        turnId: nonBlankText(item?.turn_id) ?? nonBlankText(value.turn_id) ?? state.turnId,
      };
    }
    case 'other':
      return { threadId: ownThread ?? state.threadId, turnId: nonBlankText(value.turn_id) ?? state.turnId };
  }
}

function syntheticTurn(state: MutableState): string {
  state.syntheticTurns += 1;
  return `synthetic-turn-${String(state.syntheticTurns)}`;
}
