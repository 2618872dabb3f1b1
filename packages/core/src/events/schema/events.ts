import type { ThreadEvent } from '../events.js';
import { threadItemSchema } from './items.js';
import { boolean, integer, literal, nullable, oneOf, openString, string, unknown } from './schema.js';
import { shape, tagged } from './shape.js';

export const usageSchema = shape(
  'Usage',
  { input_tokens: integer, cached_input_tokens: integer, output_tokens: integer },
  { reasoning_output_tokens: integer, cache_write_input_tokens: integer },
);

const turnError = shape(
  'TurnError',
  { message: string },
  {
    code: nullable(string),
    category: oneOf(
      'usage_limit',
      'auth',
      'context',
      'overloaded',
      'disconnected',
      'input_too_large',
      'config',
      'usage',
      'panic',
      'unknown',
    ),
  },
);

const itemDelta = shape('ItemDelta', {}, { text_delta: string, output_delta: string });

const context = { thread_id: string, turn_id: string, inherited: boolean, receivedAt: integer, replayed: boolean };

const withItem = <T extends 'item.started' | 'item.updated' | 'item.completed'>(name: string, type: T) =>
  shape(name, { type: literal(type), item: threadItemSchema }, context);

/** The schema of each event type. */
export const eventSchemas = {
  'thread.started': shape(
    'ThreadStartedEvent',
    { type: literal('thread.started'), thread_id: string },
    {
      turn_id: string,
      inherited: boolean,
      receivedAt: integer,
      replayed: boolean,
      resumed: boolean,
      forked_from: string,
      attempt: integer,
    },
  ),
  'turn.started': shape('TurnStartedEvent', { type: literal('turn.started') }, context),
  'turn.completed': shape(
    'TurnCompletedEvent',
    { type: literal('turn.completed') },
    { ...context, usage: usageSchema },
  ),
  'turn.failed': shape('TurnFailedEvent', { type: literal('turn.failed'), error: turnError }, context),
  'item.started': withItem('ItemStartedEvent', 'item.started'),
  'item.updated': withItem('ItemUpdatedEvent', 'item.updated'),
  'item.completed': withItem('ItemCompletedEvent', 'item.completed'),
  'item.delta': shape(
    'ItemDeltaEvent',
    {
      type: literal('item.delta'),
      item_id: string,
      item_type: openString(
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
  'item.failed': shape('ItemFailedEvent', { type: literal('item.failed'), item_id: string, error: turnError }, context),
  error: shape(
    'ErrorEvent',
    { type: literal('error'), message: string },
    { ...context, code: nullable(string), will_retry: boolean },
  ),
  'usage.updated': shape(
    'UsageUpdatedEvent',
    { type: literal('usage.updated'), total: usageSchema, last: usageSchema },
    { ...context, context_window: nullable(integer) },
  ),
  'turn.diff': shape('TurnDiffEvent', { type: literal('turn.diff'), diff: string }, context),
  unknown: shape('UnknownEvent', { type: literal('unknown'), event_type: string, raw: unknown }, context),
  malformed: shape(
    'MalformedEvent',
    { type: literal('malformed'), line: string, line_number: integer, error: string },
    { ...context, event_type: string, raw: unknown },
  ),
};

/** Any event. The schema of its `type` decides. */
export const threadEventSchema = tagged<ThreadEvent>('ThreadEvent', 'type', eventSchemas);
