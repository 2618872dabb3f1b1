import type { ThreadEvent } from '../../events/events.js';
import { followHistory, type HistoryPosition } from '../follow-history.js';
import type { RolloutRecord, SessionMeta } from '../records.js';
import { isLate, mapEventMessage } from './event-messages.js';
import { buffer, eventOf, type Held, release } from './held-events.js';
import { mapResponseItem } from './response-items.js';
import { addItem, initialState, type Mapped, type MappingState, withContext } from './state.js';
import { closeUnmarked, unansweredCalls } from './turns.js';

/** The state between records: the state of the mapping, and the events that wait for earlier ones. Immutable. */
export interface RolloutState {
  readonly history: HistoryPosition | undefined;
  readonly mapping: MappingState;
  readonly held: Held;
  /** Whether events contain the times of their records. */
  readonly receivedAt: boolean;
}

export function initialRolloutState(receivedAt = false): RolloutState {
  return { history: undefined, mapping: initialState, held: undefined, receivedAt };
}

/**
 * Maps one record of a rollout as a pure function: the same state and record always return the same result.
 *
 * The CLI writes items when they end, but a run shows them when they start. Therefore events wait while a call of a
 * tool is open, and are sorted by time afterwards. The end of a turn waits for its background commands.
 *
 * @returns the next state, and the events whose order is final
 */
export function mapRecord(state: RolloutState, record: RolloutRecord): readonly [RolloutState, readonly ThreadEvent[]] {
  const history = followHistory(state.history, record);
  const mapping = { ...state.mapping, now: history.time, inherited: history.isInherited };
  const { receivedAt } = state;
  const ended = endsWaiting(mapping, record);
  const ready = ended ? release(state.held, receivedAt) : [];
  const waiting = ended ? undefined : state.held;
  const [next, events] = mapped(mapping, record);
  if (isWaiting(next)) return [{ ...state, history, mapping: next, held: buffer(waiting, events) }, ready];
  const certain =
    waiting === undefined
      ? events.map((timed) => eventOf(timed, receivedAt))
      : release(buffer(waiting, events), receivedAt);
  return [{ ...state, history, mapping: next, held: undefined }, [...ready, ...certain]];
}

/** Returns the events that still wait at the end of the file. */
export function mapEnd({ mapping, held, receivedAt }: RolloutState): readonly ThreadEvent[] {
  const [{ calls }, ends] = closeUnmarked(mapping);
  return release(buffer(held, [...unansweredCalls({ ...mapping, calls }), ...ends]), receivedAt);
}

function isWaiting({ source, calls, turn, closedTurnId }: MappingState): boolean {
  return source === 'items' && (calls.size > 0 || (turn === undefined && closedTurnId !== undefined));
}

/** Returns whether no later record can contain an event that precedes the waiting ones. */
function endsWaiting(mapping: MappingState, record: RolloutRecord): boolean {
  if (record.type === 'malformed') return true;
  if (record.type !== 'event_msg') return false;
  const { payload } = record;
  if (payload.type === 'task_started' || payload.type === 'user_message') return true;
  return payload.type === 'item_completed' && mapping.turn === undefined && !isLate(mapping, payload);
}

function mapped(state: MappingState, record: RolloutRecord): Mapped {
  switch (record.type) {
    case 'session_meta':
      return sessionMeta(state, record.payload);
    case 'turn_context':
      return [record.payload.cwd === undefined ? state : { ...state, cwd: record.payload.cwd }, []];
    case 'event_msg':
      return mapEventMessage(state, record.payload);
    case 'response_item':
      return mapResponseItem(state, record.payload);
    case 'compacted':
      return state.source === 'items' ? [state, []] : addItem(state, (id) => ({ id, type: 'context_compaction' }));
    case 'unknown':
      return [state, [withContext(state, { type: 'unknown', event_type: record.record_type, raw: record.payload })]];
    case 'malformed': {
      const { line, line_number, error } = record;
      const raw = 'raw' in record ? { raw: record.raw } : {};
      return [state, [withContext(state, { type: 'malformed', line, line_number, error, ...raw })]];
    }
    default:
      return [state, []];
  }
}

/** The first record belongs to this file; a fork of an older CLI also contains a copy of its origin's. */
function sessionMeta(state: MappingState, meta: SessionMeta): Mapped {
  if (state.threadId !== undefined || meta.id === undefined) return [state, []];
  const next: MappingState = {
    ...state,
    threadId: meta.id,
    cwd: meta.cwd ?? state.cwd,
    source: hasItems(meta.cli_version) ? 'items' : 'responses',
    subAgent: typeof meta.parent_thread_id === 'string',
  };
  const forked = typeof meta.forked_from_id === 'string' ? { forked_from: meta.forked_from_id } : {};
  return [next, [{ event: { type: 'thread.started', thread_id: meta.id, ...forked }, at: state.now }]];
}

/** A first guess, until the first message of the user decides. */
function hasItems(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > 0 || minor >= 150;
}
