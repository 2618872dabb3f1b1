import type { ThreadItem } from '../../events/items.js';
import { isObject } from '../../events/schema/fields.js';
import type { EventMessage, UnknownPayload } from '../records.js';
import { byPath } from './patch-changes.js';
import { changeOf, mapRecordedItem } from './recorded-items.js';
import { addItem, chain, type Mapped, type MappingState, withContext } from './state.js';
import { closeTurn, closeUnmarked, openTurn } from './turns.js';
import { usageOf } from './usage.js';

type Message<Type extends string> = Extract<EventMessage, { readonly type: Type }>;

export function mapEventMessage(state: MappingState, message: EventMessage): Mapped {
  switch (message.type) {
    case 'task_started':
      return taskStarted(state, message);
    case 'task_complete':
      return taskComplete(state, message);
    case 'turn_aborted': {
      const reason = message.reason ?? 'no reason is recorded';
      return closeTurn(state, { message: `The turn was aborted: ${reason}`, code: message.reason ?? null });
    }
    case 'token_count':
      return [message.info ? { ...state, usage: usageOf(message.info.total_token_usage) } : state, []];
    case 'item_completed':
      return itemCompleted(state, message);
    case 'patch_apply_end':
      return state.source === 'items' ? [state, []] : patchApplied(state, message);
    case 'mcp_tool_call_end':
      return state.source === 'items' ? [state, []] : mcpCallEnded(state, message);
    case 'unknown':
      return [state, [withContext(state, unknownEvent(message))]];
    case 'user_message':
      return userMessage(state, message);
    case 'agent_message':
    case 'agent_reasoning':
      return state.source === 'items' ? [state, []] : spoken(state, message);
    default:
      return [state, []];
  }
}

/** In the file of the parent thread, only the start of a reviewer's turn has its own id; the rest has the root's. */
function taskStarted(state: MappingState, { turn_id, root_turn_id }: Message<'task_started'>): Mapped {
  const id = state.subAgent ? turn_id : (root_turn_id ?? turn_id);
  if (state.turn !== undefined && state.turn.id === id) return [state, []];
  return chain(closeUnmarked(state), (closed) => openTurn(closed, id, true));
}

function taskComplete(state: MappingState, { error }: Message<'task_complete'>): Mapped {
  if (error === undefined || error === null) return closeTurn(state, undefined);
  const code = codeOf(error.codex_error_info);
  return closeTurn(state, { message: error.message, ...(code !== undefined && { code }) });
}

/** The file records a background command after the end of its turn; a run shows only its start. */
function itemCompleted(state: MappingState, message: Message<'item_completed'>): Mapped {
  const { turn_id: turnId, item: recorded, started_at_ms, completed_at_ms } = message;
  const calls = new Map(state.calls);
  calls.delete(recorded.id);
  const itemised: MappingState = { ...state, source: 'items', calls };
  const mapped = mapRecordedItem(recorded);
  if (mapped === undefined) return [itemised, []];
  const { started, item } = mapped;
  const late = isLate(state, message);
  const open: Mapped = itemised.turn === undefined && !late ? openTurn(itemised, turnId, true) : [itemised, []];
  const called = state.calls.get(recorded.id);
  const index = mapped.isParallel && called?.kind === 'other' ? called.index : undefined;
  return chain(open, (opened) => {
    const ids = { turnId: turnId ?? opened.turn?.id };
    const begin =
      started &&
      withContext(opened, { type: 'item.started', item: started }, { ...ids, at: started_at_ms ?? opened.now });
    const end = withContext(opened, { type: 'item.completed', item }, { ...ids, at: completed_at_ms ?? opened.now });
    if (begin === undefined) return [opened, [end]];
    if (late) return [opened, [begin]];
    if (index === undefined) return [opened, [begin, end]];
    return [
      opened,
      [
        { ...begin, parallel: index },
        { ...end, parallel: Number.POSITIVE_INFINITY },
      ],
    ];
  });
}

/** Belongs to the turn that has just ended. */
export function isLate(state: MappingState, { turn_id }: Message<'item_completed'>): boolean {
  return state.turn === undefined && turn_id !== undefined && turn_id === state.closedTurnId;
}

/** In files that mark no turns, a turn starts with the message of the user. */
function userMessage(state: MappingState, { message }: Message<'user_message'>): Mapped {
  const next: MappingState = { ...state, source: 'responses' };
  const open: Mapped =
    next.turn?.marked === true
      ? [next, []]
      : chain(closeUnmarked(next), (closed) => openTurn(closed, undefined, false));
  return chain(open, (opened) => addItem(opened, (id) => ({ id, type: 'user_message', text: message })));
}

/** Replaces the call that made the patch, if the model called the tool itself. */
function patchApplied(state: MappingState, { call_id, success, changes }: Message<'patch_apply_end'>): Mapped {
  const item: ThreadItem = {
    id: call_id,
    type: 'file_change',
    changes: Object.entries(changes).map(changeOf).sort(byPath),
    status: success ? 'completed' : 'failed',
  };
  return [replaceCall(state, call_id), [withContext(state, { type: 'item.completed', item })]];
}

/** Contains more than the output of the call: the structured content, and whether the call failed. */
function mcpCallEnded(state: MappingState, message: Message<'mcp_tool_call_end'>): Mapped {
  const { call_id: id, invocation, result } = message;
  const { Ok: ok, Err: error } = result;
  const status = error !== undefined || (isObject(ok) && ok.isError === true) ? 'failed' : 'completed';
  const fields = { ...invocation, result: ok, error: error === undefined ? null : { message: error }, status };
  const mapped = mapRecordedItem({ type: 'McpToolCall', id, ...fields });
  if (mapped === undefined) return [state, []];
  const { item, started } = mapped;
  const begin =
    started === undefined || state.calls.has(id) ? [] : [withContext(state, { type: 'item.started', item: started })];
  return [replaceCall(state, id), [...begin, withContext(state, { type: 'item.completed', item })]];
}

/** The output of the call follows. */
function replaceCall(state: MappingState, id: string): MappingState {
  if (!state.calls.has(id)) return state;
  return { ...state, calls: new Map(state.calls).set(id, { kind: 'other', index: state.called }) };
}

/** Keeps the content of a payload that is not known. */
export function unknownEvent({ payload_type, raw }: UnknownPayload): {
  readonly type: 'unknown';
  readonly event_type: string;
  readonly raw: unknown;
} {
  return { type: 'unknown', event_type: payload_type ?? '', raw };
}

function spoken(state: MappingState, message: Message<'agent_message'> | Message<'agent_reasoning'>): Mapped {
  if (message.type === 'agent_reasoning') {
    return addItem(state, (id) => ({ id, type: 'reasoning', text: message.text }));
  }
  const phase = typeof message.phase === 'string' ? { phase: message.phase } : {};
  return addItem(state, (id) => ({ id, type: 'agent_message', text: message.message, ...phase }));
}

/** `"other"`, or `{ "responseStreamDisconnected": {…} }`. */
function codeOf(info: unknown): string | undefined {
  if (typeof info === 'string') return info;
  return typeof info === 'object' && info !== null ? Object.keys(info)[0] : undefined;
}
