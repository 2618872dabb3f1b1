import type { ThreadEvent, ThreadItem } from '@codex-rx/core/events';
import fc from 'fast-check';
import { spawn } from './events.js';

const tokens = fc.nat({ max: 500 });
const usage = fc.record({ input_tokens: tokens, cached_input_tokens: tokens, output_tokens: tokens });

/** The ids in events. With fewer ids, more events are about the same item. */
interface Named {
  readonly id: fc.Arbitrary<string>;
  readonly thread_id: fc.Arbitrary<string>;
  readonly context: fc.Arbitrary<{ thread_id?: string; turn_id?: string }>;
}

function eventsAbout({ id, thread_id, context }: Named): fc.Arbitrary<ThreadEvent[]> {
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
    id.map(spawn),
    fc.record(
      { id, type: fc.constant('unknown' as const), item_type: fc.constant('hologram'), raw: fc.constant(null) },
      { requiredKeys: ['type', 'item_type', 'raw'] },
    ),
  );

  const event = <T extends string, R extends object>(type: T, fields: fc.Arbitrary<R>) =>
    fc.tuple(context, fields).map(([ids, own]) => ({ ...ids, ...own, type }));

  const one = fc.oneof(
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
  return fc.array(one, { maxLength: 60 }) as fc.Arbitrary<ThreadEvent[]>;
}

const threads = fc.constantFrom('t1', 't2');
const anyContext = {
  thread_id: threads,
  turn_id: fc.constantFrom('synthetic-turn-1', 'synthetic-turn-2', 'u1', 'u2'),
};

/** Any events, in no sensible order. */
export const arbitraryEvents = eventsAbout({
  id: fc.constantFrom('item_0', 'item_1', 'item_2', 'item_3', 'msg_a'),
  thread_id: threads,
  context: fc.record(anyContext, { requiredKeys: [] }),
});

/** Any events about few items of few turns, mostly of one thread, so that more events change existing items. */
export const denseEvents = eventsAbout({
  id: fc.constantFrom('item_0', 'item_1'),
  thread_id: fc.constantFrom('t1', 't1', 't1', 't2'),
  context: fc.oneof(
    { arbitrary: fc.constantFrom({}, { turn_id: 'u1' }, { thread_id: 't1' }), weight: 4 },
    fc.record(anyContext, { requiredKeys: [] }),
  ),
});
