import type { ThreadItem, WebSearchAction } from '../../events/items.js';
import { isObject } from '../../events/schema/fields.js';
import type { ResponseItem } from '../records.js';
import { unknownEvent } from './event-messages.js';
import {
  addItem,
  chain,
  type Mapped,
  type MappingState,
  type OpenCall,
  type OpenTurn,
  type ToolCall,
  withContext,
} from './state.js';
import {
  addOutput,
  finishItem,
  isAccepted,
  itemOfCall,
  itemOfPatch,
  planOf,
  unknownItem,
  writtenSession,
} from './tool-calls.js';
import { readToolOutput } from './tool-output.js';
import { setPlan } from './turns.js';

type Answer = Extract<ResponseItem, { readonly type: 'function_call_output' | 'custom_tool_call_output' }>;

/**
 * Plans appear only as calls and outputs, in all versions. In files with finished items, other calls only show which
 * tools are running; in older files, calls and outputs become items.
 */
export function mapResponseItem(state: MappingState, response: ResponseItem): Mapped {
  switch (response.type) {
    case 'message':
      return [response.role === 'assistant' ? withLast(state, 'message') : state, []];
    case 'function_call':
    case 'custom_tool_call':
      return called(withLast(state, 'call'), response);
    case 'function_call_output':
    case 'custom_tool_call_output':
      return answered(state, response);
    case 'web_search_call':
      return state.source === 'items' ? [state, []] : addItem(state, (id) => webSearch(id, response));
    case 'image_generation_call':
      // No run shows it, in any version.
      return addItem(state, (id) => ({
        type: 'unknown',
        item_type: response.type,
        id: response.id ?? id,
        raw: response,
      }));
    case 'unknown':
      return [state, [withContext(state, unknownEvent(response))]];
    default:
      return [state, []];
  }
}

function called(state: MappingState, call: ToolCall): Mapped {
  const plan = call.type === 'function_call' ? planOf(call) : undefined;
  if (plan !== undefined) return [withCall(state, call.call_id, plan), []];
  if (state.source === 'items') return [withCall(state, call.call_id, { kind: 'other', index: state.called }), []];
  const known = call.type === 'custom_tool_call' ? itemOfPatch(call, state.cwd) : itemOfCall(call);
  // Unknown: a program of a code-mode model, or a tool of the CLI that no run shows.
  const item = known ?? unknownItem(call);
  const isShown = item.type === 'command_execution' || item.type === 'mcp_tool_call';
  const started = isShown ? [withContext(state, { type: 'item.started', item })] : [];
  return [withCall(state, call.call_id, { kind: 'item', item, call }), started];
}

function answered(state: MappingState, answer: Answer): Mapped {
  const { call_id: callId, output } = answer;
  const call = state.calls.get(callId ?? '');
  if (typeof callId !== 'string' || call === undefined) {
    if (state.source === 'items') return [state, []];
    return [state, [withContext(state, { type: 'unknown', event_type: answer.type, raw: answer })]];
  }
  const { session, text } = readToolOutput(output);
  if (session !== undefined && call.kind === 'other') return [state, []];
  const calls = new Map(state.calls);
  calls.delete(callId);
  const rest: MappingState = { ...state, calls };
  if (call.kind === 'other') return [rest, []];
  if (call.kind === 'plan' && isAccepted(output)) return setPlan(rest, callId, call.items);
  // A run does not show a rejected plan.
  if (call.kind === 'plan')
    return state.source === 'items' ? [rest, []] : completed(rest, unknownItem(call.call, output));
  const { item } = call;
  if (session !== undefined && item.type === 'command_execution') {
    const longer = addOutput(item, text);
    calls.set(callId, { ...call, item: longer, session });
    return [rest, [withContext(rest, { type: 'item.updated', item: longer })]];
  }
  return chain(completed(rest, finishItem(item, call.call, output)), (next) => continued(next, call.call, answer));
}

/** The output of `write_stdin` is that of a running command. */
function continued(state: MappingState, call: ToolCall, { output, ...answer }: Answer): Mapped {
  const session = writtenSession(call);
  const { exitCode, session: running } = readToolOutput(output);
  if (session === undefined || (exitCode === undefined && running === undefined)) return [state, []];
  for (const [id, open] of state.calls)
    if (open.kind === 'item' && open.session === session) return answered(state, { ...answer, call_id: id, output });
  return [state, []];
}

function completed(state: MappingState, item: ThreadItem): Mapped {
  return [state, [withContext(state, { type: 'item.completed', item })]];
}

function webSearch(
  id: string,
  { id: searchId, action }: Extract<ResponseItem, { type: 'web_search_call' }>,
): ThreadItem {
  const search = isObject(action) && typeof action.type === 'string' ? (action as unknown as WebSearchAction) : null;
  const query = search?.query ?? search?.url ?? '';
  return {
    id,
    type: 'web_search',
    query,
    action: search,
    ...(typeof searchId === 'string' && { search_id: searchId }),
  };
}

function withLast(state: MappingState, last: NonNullable<OpenTurn['last']>): MappingState {
  return state.turn === undefined ? state : { ...state, turn: { ...state.turn, last } };
}

function withCall(state: MappingState, id: string, call: OpenCall): MappingState {
  return { ...state, calls: new Map(state.calls).set(id, call), called: state.called + 1 };
}
