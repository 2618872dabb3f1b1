import {
  boolean,
  finite,
  integer,
  list,
  literal,
  nullable,
  openString,
  type Schema,
  string,
  union,
  unknown,
  unknownRecord,
} from '../events/schema/schema.js';
import { shape } from '../events/schema/shape.js';
import type {
  CompactedRecord,
  ContentPart,
  EventMessage,
  InterAgentRecord,
  RecordedItem,
  ResponseItem,
  SessionMeta,
  TokenUsage,
  TokenUsageRecord,
  ToolOutput,
  TurnContext,
  UnknownPayload,
  WorldStateRecord,
} from './records.js';

/** One schema for each known `type` of a payload. */
type Schemas<Payload extends { readonly type: string }> = {
  readonly [Type in Exclude<Payload, UnknownPayload>['type']]: Schema<Extract<Payload, { readonly type: Type }>>;
};

const textOrNull = nullable(string);

export const sessionMeta: Schema<SessionMeta> = shape(
  'session meta',
  {},
  {
    id: string,
    timestamp: string,
    cwd: string,
    originator: string,
    cli_version: string,
    source: unknown,
    model_provider: textOrNull,
    base_instructions: unknown,
    git: unknown,
    forked_from_id: textOrNull,
    parent_thread_id: textOrNull,
  },
);

export const turnContext: Schema<TurnContext> = shape(
  'turn context',
  {},
  { turn_id: textOrNull, cwd: string, model: string, approval_policy: unknown, sandbox_policy: unknown },
);

export const compacted: Schema<CompactedRecord['payload']> = shape('compaction', {}, { message: string });

const tokenUsage: Schema<TokenUsage> = shape(
  'token usage',
  { input_tokens: integer, cached_input_tokens: integer, output_tokens: integer },
  { reasoning_output_tokens: integer, cache_write_input_tokens: integer },
);

export const worldState: Schema<WorldStateRecord['payload']> = shape(
  'world state',
  {},
  { full: boolean, state: unknown },
);
export const tokenUsageRecord: Schema<TokenUsageRecord['payload']> = shape(
  'token usage record',
  { usage: tokenUsage },
  { turn_id: string, turn_token_usage: tokenUsage, thread_token_usage: tokenUsage },
);
export const interAgent: Schema<InterAgentRecord['payload']> = shape(
  'inter-agent metadata',
  {},
  { trigger_turn: boolean },
);

const contentPart: Schema<ContentPart> = shape(
  'content part',
  { type: openString('input_text', 'output_text', 'input_image', 'summary_text') },
  { text: textOrNull },
);
const parts = list(contentPart, 'a list of content parts');
const toolOutput: Schema<ToolOutput> = union<ToolOutput>(
  'text, content parts or an object',
  string,
  parts,
  unknownRecord,
);

export const responseItems: Schemas<ResponseItem> = {
  message: shape(
    'message',
    { type: literal('message'), role: openString('user', 'assistant', 'developer', 'system'), content: parts },
    { id: textOrNull },
  ),
  reasoning: shape('reasoning', { type: literal('reasoning'), summary: parts }, { id: textOrNull }),
  function_call: shape(
    'function call',
    { type: literal('function_call'), name: string, arguments: string, call_id: string },
    { namespace: textOrNull },
  ),
  function_call_output: shape(
    'function call output',
    { type: literal('function_call_output'), output: toolOutput },
    { call_id: textOrNull },
  ),
  custom_tool_call: shape(
    'custom tool call',
    { type: literal('custom_tool_call'), name: string, input: string, call_id: string },
    {},
  ),
  custom_tool_call_output: shape(
    'custom tool call output',
    { type: literal('custom_tool_call_output'), call_id: string, output: toolOutput },
    {},
  ),
  web_search_call: shape('web search call', { type: literal('web_search_call') }, { id: textOrNull, action: unknown }),
  image_generation_call: shape(
    'image generation call',
    { type: literal('image_generation_call') },
    { id: textOrNull, result: textOrNull },
  ),
  agent_message: shape(
    'message between agents',
    { type: literal('agent_message'), author: string, recipient: string, content: parts },
    {},
  ),
  additional_tools: shape(
    'additional tools',
    { type: literal('additional_tools'), tools: list(unknown, 'a list') },
    {},
  ),
  ghost_snapshot: shape('ghost snapshot', { type: literal('ghost_snapshot'), ghost_commit: unknown }, {}),
};

const recordedItem: Schema<RecordedItem> = shape('item', { type: string, id: string }, {});

export const eventMessages: Schemas<EventMessage> = {
  task_started: shape('task started', { type: literal('task_started') }, { turn_id: string, root_turn_id: textOrNull }),
  task_complete: shape(
    'task complete',
    { type: literal('task_complete') },
    {
      turn_id: string,
      last_agent_message: textOrNull,
      error: nullable(shape('turn error', { message: string }, { codex_error_info: unknown })),
    },
  ),
  turn_aborted: shape('turn aborted', { type: literal('turn_aborted') }, { turn_id: textOrNull, reason: textOrNull }),
  token_count: shape(
    'token count',
    { type: literal('token_count') },
    { info: nullable(shape('token info', { total_token_usage: tokenUsage }, { last_token_usage: unknown })) },
  ),
  user_message: shape('user message', { type: literal('user_message'), message: string }, {}),
  agent_message: shape('agent message', { type: literal('agent_message'), message: string }, { phase: textOrNull }),
  agent_reasoning: shape('agent reasoning', { type: literal('agent_reasoning'), text: string }, {}),
  item_completed: shape(
    'item completed',
    { type: literal('item_completed'), item: recordedItem },
    { turn_id: string, started_at_ms: finite, completed_at_ms: finite },
  ),
  patch_apply_end: shape(
    'end of a patch',
    { type: literal('patch_apply_end'), call_id: string, success: boolean, changes: unknownRecord },
    {},
  ),
  mcp_tool_call_end: shape(
    'end of an MCP call',
    {
      type: literal('mcp_tool_call_end'),
      call_id: string,
      invocation: shape('MCP invocation', { server: string, tool: string }, { arguments: unknown }),
      result: shape('MCP result', {}, { Ok: unknown, Err: string }),
    },
    {},
  ),
  web_search_end: shape(
    'end of a web search',
    { type: literal('web_search_end'), call_id: string },
    { query: string, action: unknown },
  ),
  thread_settings_applied: shape(
    'thread settings applied',
    { type: literal('thread_settings_applied'), thread_settings: unknown },
    {},
  ),
  context_compacted: shape('context compacted', { type: literal('context_compacted') }, {}),
  entered_review_mode: shape('entered review mode', { type: literal('entered_review_mode') }, { target: unknown }),
  exited_review_mode: shape('exited review mode', { type: literal('exited_review_mode') }, { review_output: unknown }),
};
