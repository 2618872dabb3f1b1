import type { ThreadEvent, ThreadItem } from '@codex-rx/core/events';
import fc from 'fast-check';

const id = fc.constantFrom('item_0', 'item_1', 'item_2', 'item_3', 'msg_a');
const thread_id = fc.constantFrom('t1', 't2');
const turn_id = fc.constantFrom('synthetic-turn-1', 'synthetic-turn-2', 'u1', 'u2');
const context = fc.record({ thread_id, turn_id }, { requiredKeys: [] });
const tokens = fc.nat({ max: 500 });
const usage = fc.record({ input_tokens: tokens, cached_input_tokens: tokens, output_tokens: tokens });

const item: fc.Arbitrary<ThreadItem> = fc.oneof(
  fc.record({ id, type: fc.constant('agent_message' as const), text: fc.string() }),
  fc.record({
    id,
    type: fc.constant('command_execution' as const),
    command: fc.constant('ls'),
    aggregated_output: fc.string(),
    status: fc.constantFrom('in_progress', 'completed', 'failed', 'declined'),
  }),
  fc.record({
    id,
    type: fc.constant('file_change' as const),
    changes: fc.array(
      fc.record({ path: fc.constantFrom('/a', '/b'), kind: fc.constantFrom('add', 'update', 'delete') }),
      {
        maxLength: 2,
      },
    ),
    status: fc.constantFrom('in_progress', 'completed', 'failed', 'declined'),
  }),
  fc.record({
    id,
    type: fc.constant('todo_list' as const),
    items: fc.array(fc.record({ text: fc.string(), completed: fc.boolean() }), { maxLength: 2 }),
  }),
  fc.record({ id, type: fc.constant('error' as const), message: fc.string() }),
  fc.record({ type: fc.constant('unknown' as const), item_type: fc.constant('hologram'), raw: fc.constant(null) }),
);

const event = <T extends string, R extends object>(type: T, fields: fc.Arbitrary<R>) =>
  fc.tuple(context, fields).map(([ids, own]) => ({ ...ids, ...own, type }));

const arbitraryEvent = fc.oneof(
  fc.record(
    {
      type: fc.constant('thread.started' as const),
      thread_id,
      ...{ attempt: fc.nat({ max: 3 }), resumed: fc.boolean() },
    },
    { requiredKeys: ['type', 'thread_id'] },
  ),
  event('turn.started', fc.record({})),
  event('turn.completed', fc.record({ usage }, { requiredKeys: [] })),
  event('turn.failed', fc.record({ error: fc.record({ message: fc.string() }) })),
  { arbitrary: event('item.started', fc.record({ item })), weight: 3 },
  { arbitrary: event('item.updated', fc.record({ item })), weight: 2 },
  { arbitrary: event('item.completed', fc.record({ item })), weight: 3 },
  event(
    'item.delta',
    fc.record({
      item_id: id,
      item_type: fc.constantFrom('agent_message', 'command_execution', 'todo_list', 'hologram'),
      delta: fc.record({ text_delta: fc.string(), output_delta: fc.string() }, { requiredKeys: [] }),
    }),
  ),
  event('item.failed', fc.record({ item_id: id, error: fc.record({ message: fc.string() }) })),
  event('error', fc.record({ message: fc.string() })),
  event('unknown', fc.record({ event_type: fc.constant('x'), raw: fc.constant(null) })),
  event(
    'malformed',
    fc.record(
      {
        line: fc.string(),
        line_number: fc.nat(),
        error: fc.string(),
        event_type: fc.constantFrom('turn.completed', 'turn.failed', 'item.completed'),
      },
      { requiredKeys: ['line', 'line_number', 'error'] },
    ),
  ),
);

/** Any events, in no sensible order. */
export const arbitraryEvents = fc.array(arbitraryEvent, { maxLength: 60 }) as fc.Arbitrary<ThreadEvent[]>;
