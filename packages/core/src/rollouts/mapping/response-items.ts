import type { ThreadItem, WebSearchAction } from '../../events/items.js';
import { isObject } from '../../events/schema/fields.js';
import type { ResponseItem, ToolOutput } from '../records.js';
import { unknownEvent } from './event-messages.js';
import { addItem, type Mapped, type MappingState, type OpenCall, type OpenTurn, withContext } from './state.js';
import { finishItem, finishPatch, isAccepted, itemOfCall, itemOfPatch, planOf } from './tool-calls.js';
import { readToolOutput } from './tool-output.js';
import { setPlan } from './turns.js';

type Call = Extract<ResponseItem, { readonly type: 'function_call' | 'custom_tool_call' }>;

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
      return typeof response.call_id === 'string' ? answered(state, response.call_id, response.output) : [state, []];
    case 'web_search_call':
      return state.source === 'items' ? [state, []] : addItem(state, (id) => webSearch(id, response));
    case 'image_generation_call':
      return state.source === 'items'
        ? [state, []]
        : addItem(state, (id) => ({ type: 'unknown', item_type: response.type, id, raw: response }));
    case 'unknown':
      return [state, [withContext(state, unknownEvent(response))]];
    default:
      return [state, []];
  }
}

function called(state: MappingState, call: Call): Mapped {
  const plan = call.type === 'function_call' ? planOf(call) : undefined;
  if (plan !== undefined) return [withCall(state, call.call_id, plan), []];
  if (state.source === 'items') return [withCall(state, call.call_id, { kind: 'other', index: state.called }), []];
  const item = call.type === 'custom_tool_call' ? itemOfPatch(call, state.cwd) : itemOfCall(call);
  if (item === undefined) {
    // A program of a code-mode model, or a tool of the CLI that no run shows.
    const unknown: ThreadItem = { type: 'unknown', item_type: call.type, id: call.call_id, raw: call };
    return [withCall(state, call.call_id, { kind: 'item', item: unknown }), []];
  }
  const started = item.type === 'file_change' ? [] : [withContext(state, { type: 'item.started', item })];
  return [withCall(state, call.call_id, { kind: 'item', item }), started];
}

function answered(state: MappingState, callId: string, output: ToolOutput): Mapped {
  const call = state.calls.get(callId);
  if (call === undefined || readToolOutput(output).running) return [state, []];
  const calls = new Map(state.calls);
  calls.delete(callId);
  const rest: MappingState = { ...state, calls };
  if (call.kind === 'other') return [rest, []];
  if (call.kind === 'plan') return isAccepted(output) ? setPlan(rest, callId, call.items) : [rest, []];
  const item = call.item.type === 'file_change' ? finishPatch(call.item, output) : finishItem(call.item, output);
  return [rest, item === undefined ? [] : [withContext(rest, { type: 'item.completed', item })]];
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
