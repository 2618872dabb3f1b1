import * as t from 'io-ts';
import type { ThreadEvent } from '../events.js';
import { threadItemCodec } from './items.js';
import { integer, nullable, open, shape, TaggedType } from './shape.js';

export const usageCodec = shape(
  'Usage',
  { input_tokens: integer, cached_input_tokens: integer, output_tokens: integer },
  { reasoning_output_tokens: integer, cache_write_input_tokens: integer },
);

const turnError = shape(
  'TurnError',
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

const itemDelta = shape('ItemDelta', {}, { text_delta: t.string, output_delta: t.string });

const context = { thread_id: t.string, turn_id: t.string };

const withItem = <T extends 'item.started' | 'item.updated' | 'item.completed'>(name: string, type: T) =>
  shape(name, { type: t.literal(type), item: threadItemCodec }, context);

/** The codec of each event, by `type`. */
export const eventCodecs = {
  'thread.started': shape(
    'ThreadStartedEvent',
    { type: t.literal('thread.started'), thread_id: t.string },
    { turn_id: t.string, resumed: t.boolean, forked_from: t.string, attempt: integer },
  ),
  'turn.started': shape('TurnStartedEvent', { type: t.literal('turn.started') }, context),
  'turn.completed': shape(
    'TurnCompletedEvent',
    { type: t.literal('turn.completed') },
    { ...context, usage: usageCodec },
  ),
  'turn.failed': shape('TurnFailedEvent', { type: t.literal('turn.failed'), error: turnError }, context),
  'item.started': withItem('ItemStartedEvent', 'item.started'),
  'item.updated': withItem('ItemUpdatedEvent', 'item.updated'),
  'item.completed': withItem('ItemCompletedEvent', 'item.completed'),
  'item.delta': shape(
    'ItemDeltaEvent',
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
  'item.failed': shape(
    'ItemFailedEvent',
    { type: t.literal('item.failed'), item_id: t.string, error: turnError },
    context,
  ),
  error: shape(
    'ErrorEvent',
    { type: t.literal('error'), message: t.string },
    { ...context, code: nullable(t.string), will_retry: t.boolean },
  ),
  unknown: shape('UnknownEvent', { type: t.literal('unknown'), event_type: t.string, raw: t.unknown }, context),
  malformed: shape(
    'MalformedEvent',
    { type: t.literal('malformed'), line: t.string, line_number: integer, error: t.string },
    { ...context, event_type: t.string, raw: t.unknown },
  ),
};

/** Any event; accepts by its `type` alone which codec decides. */
export const threadEventCodec: t.Type<ThreadEvent> = new TaggedType('ThreadEvent', 'type', eventCodecs);
