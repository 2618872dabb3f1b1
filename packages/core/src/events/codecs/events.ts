import * as t from 'io-ts';
import type { ThreadEvent } from '../events.js';
import { threadItemCodec } from './items.js';
import { integer, nullable, open, shape, TaggedType } from './shape.js';

export const usageCodec = shape(
  'usage',
  { input_tokens: integer, cached_input_tokens: integer, output_tokens: integer },
  { reasoning_output_tokens: integer, cache_write_input_tokens: integer },
);

const turnError = shape(
  'error',
  { message: t.string },
  {
    code: nullable(t.string),
    category: t.keyof({
      usage_limit: null,
      auth: null,
      context: null,
      overloaded: null,
      disconnected: null,
      input_too_large: null,
      config: null,
      usage: null,
      panic: null,
      unknown: null,
    }),
  },
);

const itemDelta = shape('delta', {}, { text_delta: t.string, output_delta: t.string });

const context = { thread_id: t.string, turn_id: t.string };

const withItem = <T extends 'item.started' | 'item.updated' | 'item.completed'>(type: T) =>
  shape(type, { type: t.literal(type), item: threadItemCodec }, context);

/** The codec of each event, by `type`. */
export const eventCodecs = {
  'thread.started': shape(
    'thread.started',
    { type: t.literal('thread.started'), thread_id: t.string },
    { turn_id: t.string, resumed: t.boolean, forked_from: t.string, attempt: integer },
  ),
  'turn.started': shape('turn.started', { type: t.literal('turn.started') }, context),
  'turn.completed': shape('turn.completed', { type: t.literal('turn.completed') }, { ...context, usage: usageCodec }),
  'turn.failed': shape('turn.failed', { type: t.literal('turn.failed'), error: turnError }, context),
  'item.started': withItem('item.started'),
  'item.updated': withItem('item.updated'),
  'item.completed': withItem('item.completed'),
  'item.delta': shape(
    'item.delta',
    {
      type: t.literal('item.delta'),
      item_id: t.string,
      item_type: open(
        'agent_message',
        'reasoning',
        'command_execution',
        'file_change',
        'mcp_tool_call',
        'collab_tool_call',
        'web_search',
        'todo_list',
        'error',
        'user_message',
        'plan',
        'context_compaction',
        'image_view',
      ),
      delta: itemDelta,
    },
    context,
  ),
  'item.failed': shape('item.failed', { type: t.literal('item.failed'), item_id: t.string, error: turnError }, context),
  error: shape(
    'error',
    { type: t.literal('error'), message: t.string },
    { ...context, code: nullable(t.string), will_retry: t.boolean },
  ),
  unknown: shape('unknown', { type: t.literal('unknown'), event_type: t.string, raw: t.unknown }, context),
  malformed: shape(
    'malformed',
    { type: t.literal('malformed'), line: t.string, line_number: integer, error: t.string },
    { ...context, event_type: t.string, raw: t.unknown },
  ),
};

/** Any event; accepts by its `type` alone which codec decides. */
export const threadEventCodec = new TaggedType<ThreadEvent>('ThreadEvent', 'type', eventCodecs);
