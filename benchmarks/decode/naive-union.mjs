// The obvious codec: a union of intersections. It covers the exec events and copies every event.
import { createRequire } from 'node:module';

// io-ts is a dependency of core.
const t = createRequire(new URL('../../packages/core/package.json', import.meta.url))('io-ts');

const nullable = (type) => t.union([type, t.null]);
const item = (type, required, optional = {}) =>
  t.intersection([t.type({ id: t.string, type: t.literal(type), ...required }), t.partial(optional)]);

const threadItem = t.union([
  item('agent_message', { text: t.string }),
  item('reasoning', { text: t.string }),
  item(
    'command_execution',
    { command: t.string, aggregated_output: t.string, status: t.string },
    { exit_code: nullable(t.number) },
  ),
  item('file_change', { changes: t.array(t.type({ path: t.string, kind: t.string })), status: t.string }),
  item(
    'mcp_tool_call',
    { server: t.string, tool: t.string, status: t.string },
    {
      arguments: t.unknown,
      result: nullable(
        t.intersection([t.type({ content: t.array(t.unknown) }), t.partial({ structured_content: t.unknown })]),
      ),
      error: nullable(t.type({ message: t.string })),
    },
  ),
  item('web_search', { query: t.string }, { action: t.unknown }),
  item('todo_list', { items: t.array(t.type({ text: t.string, completed: t.boolean })) }),
  item('error', { message: t.string }),
]);

const usage = t.intersection([
  t.type({ input_tokens: t.number, cached_input_tokens: t.number, output_tokens: t.number }),
  t.partial({ reasoning_output_tokens: t.number, cache_write_input_tokens: t.number }),
]);

const event = (type, required) =>
  t.intersection([
    t.type({ type: t.literal(type), ...required }),
    t.partial({ thread_id: t.string, turn_id: t.string }),
  ]);

export const naiveUnion = t.union([
  event('thread.started', { thread_id: t.string }),
  event('turn.started', {}),
  event('turn.completed', { usage }),
  event('turn.failed', { error: t.type({ message: t.string }) }),
  event('item.started', { item: threadItem }),
  event('item.updated', { item: threadItem }),
  event('item.completed', { item: threadItem }),
  event('item.delta', {
    item_id: t.string,
    item_type: t.string,
    delta: t.partial({ text_delta: t.string, output_delta: t.string }),
  }),
  event('error', { message: t.string }),
]);
