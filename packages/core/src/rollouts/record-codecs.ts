import * as t from 'io-ts';
import { finite, integer, nullable, open, shape } from '../events/codecs/shape.js';
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

/** One codec for each known `type` of a payload. */
type Codecs<Payload extends { readonly type: string }> = {
  readonly [Type in Exclude<Payload, UnknownPayload>['type']]: t.Type<Extract<Payload, { readonly type: Type }>>;
};

const textOrNull = nullable(t.string);

export const sessionMeta: t.Type<SessionMeta> = shape(
  'session meta',
  {},
  {
    id: t.string,
    timestamp: t.string,
    cwd: t.string,
    originator: t.string,
    cli_version: t.string,
    source: t.unknown,
    model_provider: textOrNull,
    base_instructions: t.unknown,
    git: t.unknown,
    forked_from_id: textOrNull,
    parent_thread_id: textOrNull,
  },
);

export const turnContext: t.Type<TurnContext> = shape(
  'turn context',
  {},
  { turn_id: textOrNull, cwd: t.string, model: t.string, approval_policy: t.unknown, sandbox_policy: t.unknown },
);

export const compacted: t.Type<CompactedRecord['payload']> = shape('compaction', {}, { message: t.string });

const tokenUsage: t.Type<TokenUsage> = shape(
  'token usage',
  { input_tokens: integer, cached_input_tokens: integer, output_tokens: integer },
  { reasoning_output_tokens: integer, cache_write_input_tokens: integer },
);

export const worldState: t.Type<WorldStateRecord['payload']> = shape(
  'world state',
  {},
  { full: t.boolean, state: t.unknown },
);
export const tokenUsageRecord: t.Type<TokenUsageRecord['payload']> = shape(
  'token usage record',
  { usage: tokenUsage },
  { turn_id: t.string, turn_token_usage: tokenUsage, thread_token_usage: tokenUsage },
);
export const interAgent: t.Type<InterAgentRecord['payload']> = shape(
  'inter-agent metadata',
  {},
  { trigger_turn: t.boolean },
);

const contentPart: t.Type<ContentPart> = shape(
  'content part',
  { type: open('input_text', 'output_text', 'input_image', 'summary_text') },
  { text: textOrNull },
);
const parts = t.readonlyArray(contentPart, 'a list of content parts');
const toolOutput: t.Type<ToolOutput> = t.union([t.string, parts, t.UnknownRecord], 'text, content parts or an object');

export const responseItems: Codecs<ResponseItem> = {
  message: shape(
    'message',
    { type: t.literal('message'), role: open('user', 'assistant', 'developer', 'system'), content: parts },
    { id: textOrNull },
  ),
  reasoning: shape('reasoning', { type: t.literal('reasoning'), summary: parts }, { id: textOrNull }),
  function_call: shape(
    'function call',
    { type: t.literal('function_call'), name: t.string, arguments: t.string, call_id: t.string },
    { namespace: textOrNull },
  ),
  function_call_output: shape(
    'function call output',
    { type: t.literal('function_call_output'), output: toolOutput },
    { call_id: textOrNull },
  ),
  custom_tool_call: shape(
    'custom tool call',
    { type: t.literal('custom_tool_call'), name: t.string, input: t.string, call_id: t.string },
    {},
  ),
  custom_tool_call_output: shape(
    'custom tool call output',
    { type: t.literal('custom_tool_call_output'), call_id: t.string, output: toolOutput },
    {},
  ),
  web_search_call: shape(
    'web search call',
    { type: t.literal('web_search_call') },
    { id: textOrNull, action: t.unknown },
  ),
  image_generation_call: shape(
    'image generation call',
    { type: t.literal('image_generation_call') },
    { id: textOrNull, result: textOrNull },
  ),
  agent_message: shape(
    'message between agents',
    { type: t.literal('agent_message'), author: t.string, recipient: t.string, content: parts },
    {},
  ),
  additional_tools: shape(
    'additional tools',
    { type: t.literal('additional_tools'), tools: t.readonlyArray(t.unknown, 'a list') },
    {},
  ),
  ghost_snapshot: shape('ghost snapshot', { type: t.literal('ghost_snapshot'), ghost_commit: t.unknown }, {}),
};

const recordedItem: t.Type<RecordedItem> = shape('item', { type: t.string, id: t.string }, {});

export const eventMessages: Codecs<EventMessage> = {
  task_started: shape(
    'task started',
    { type: t.literal('task_started') },
    { turn_id: t.string, root_turn_id: textOrNull },
  ),
  task_complete: shape(
    'task complete',
    { type: t.literal('task_complete') },
    {
      turn_id: t.string,
      last_agent_message: textOrNull,
      error: nullable(shape('turn error', { message: t.string }, { codex_error_info: t.unknown })),
    },
  ),
  turn_aborted: shape('turn aborted', { type: t.literal('turn_aborted') }, { turn_id: textOrNull, reason: textOrNull }),
  token_count: shape(
    'token count',
    { type: t.literal('token_count') },
    { info: nullable(shape('token info', { total_token_usage: tokenUsage }, { last_token_usage: t.unknown })) },
  ),
  user_message: shape('user message', { type: t.literal('user_message'), message: t.string }, {}),
  agent_message: shape('agent message', { type: t.literal('agent_message'), message: t.string }, { phase: textOrNull }),
  agent_reasoning: shape('agent reasoning', { type: t.literal('agent_reasoning'), text: t.string }, {}),
  item_completed: shape(
    'item completed',
    { type: t.literal('item_completed'), item: recordedItem },
    { turn_id: t.string, started_at_ms: finite, completed_at_ms: finite },
  ),
  thread_settings_applied: shape(
    'thread settings applied',
    { type: t.literal('thread_settings_applied'), thread_settings: t.unknown },
    {},
  ),
  context_compacted: shape('context compacted', { type: t.literal('context_compacted') }, {}),
  entered_review_mode: shape('entered review mode', { type: t.literal('entered_review_mode') }, { target: t.unknown }),
  exited_review_mode: shape(
    'exited review mode',
    { type: t.literal('exited_review_mode') },
    { review_output: t.unknown },
  ),
};
