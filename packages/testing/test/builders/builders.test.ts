import { createDecoder } from '@codex-rx/core';
import type { AgentMessageItem, ThreadEvent, ThreadEventType, ThreadItemType } from '@codex-rx/core/events';
import { expectTypeOf } from 'expect-type';
import { events, items } from '../../src/builders/index.js';

const eachItem = {
  agent_message: items.agentMessage('Hello.'),
  reasoning: items.reasoning('**Think**'),
  command_execution: items.commandExecution('ls'),
  file_change: items.fileChange({ b: 'add', a: 'update' }),
  mcp_tool_call: items.mcpToolCall('demo', 'echo'),
  collab_tool_call: items.collabToolCall('spawn_agent'),
  web_search: items.webSearch('rxjs'),
  todo_list: items.todoList(['one', { text: 'two', completed: true }]),
  error: items.error('careful'),
  user_message: items.userMessage('Hi.'),
  plan: items.plan('1. do it'),
  context_compaction: items.contextCompaction(),
  image_view: items.imageView('/tmp/a.png'),
  unknown: items.unknown('hologram', { depth: 3 }),
} satisfies Record<ThreadItemType, unknown>;

const eachEvent = {
  'thread.started': events.threadStarted(),
  'turn.started': events.turnStarted(),
  'turn.completed': events.turnCompleted({ output_tokens: 7 }),
  'turn.failed': events.turnFailed('quota'),
  'item.started': events.itemStarted(items.commandExecution('ls', { status: 'in_progress' })),
  'item.updated': events.itemUpdated(items.todoList(['one'])),
  'item.completed': events.itemCompleted(items.agentMessage('Hello.')),
  'item.delta': events.itemDelta({ id: 'item_0', type: 'agent_message' }, 'Hel'),
  'item.failed': events.itemFailed({ id: 'item_0' }, 'lost'),
  error: events.error('Reconnecting... 1/5'),
  'usage.updated': events.usageUpdated({ output_tokens: 7 }),
  'turn.diff': events.turnDiff('diff --git a/x b/x'),
  unknown: events.unknown('turn.paused', { why: 'x' }),
  malformed: events.malformed('{"type":'),
} satisfies Record<ThreadEventType, ThreadEvent>;

/** Decodes a value of the wire strictly. */
function decoded(value: object): ThreadEvent {
  const result = createDecoder({ strict: true }).decode(JSON.stringify(value));
  if (result._tag === 'Left') throw result.left;
  if (result.right._tag === 'None') throw new Error('blank');
  return result.right.value;
}

describe('items', () => {
  it.each(Object.entries(eachItem))('%s has its type', (type, item) => {
    expect(item.type).toBe(type);
  });

  it.each(Object.entries(eachItem).filter(([type]) => type !== 'unknown'))(
    '%s is what a strict decoder accepts, unchanged',
    (_type, item) => {
      expect(decoded({ type: 'item.completed', item })).toMatchObject({ item });
    },
  );

  it('accept every field', () => {
    expect(items.agentMessage('a', { id: 'item_9', phase: 'commentary' })).toEqual({
      id: 'item_9',
      type: 'agent_message',
      text: 'a',
      phase: 'commentary',
    });
  });

  it('derive the status of a command from its exit code and vice versa', () => {
    const { commandExecution } = items;
    expect(commandExecution('x', { exit_code: 2 })).toMatchObject({ exit_code: 2, status: 'failed' });
    expect(commandExecution('x', { status: 'failed' })).toMatchObject({ exit_code: 1, status: 'failed' });
    expect(commandExecution('x', { status: 'in_progress' })).toMatchObject({ exit_code: null, status: 'in_progress' });
    expect(commandExecution('x')).toMatchObject({ exit_code: 0, status: 'completed' });
  });

  it('set the status of an MCP call with an error to failed', () => {
    expect(items.mcpToolCall('s', 't', { error: { message: 'no' } })).toMatchObject({ status: 'failed', result: null });
  });

  it('sort changes by path, as the CLI does', () => {
    expect(eachItem.file_change.changes).toEqual([
      { path: 'a', kind: 'update' },
      { path: 'b', kind: 'add' },
    ]);
  });

  it('keep the raw form of an unknown item', () => {
    expect(items.unknown('hologram', { id: 'h1', depth: 3 })).toEqual({
      type: 'unknown',
      item_type: 'hologram',
      id: 'h1',
      raw: { id: 'h1', type: 'hologram', depth: 3 },
    });
  });

  it('return precise types', () => {
    expect(items.agentMessage('a').text).toBe('a');
    expectTypeOf(items.agentMessage('')).toEqualTypeOf<AgentMessageItem>();
    // @ts-expect-error The builder sets the type.
    items.agentMessage('', { type: 'reasoning' });
    // @ts-expect-error A message does not have this field.
    items.agentMessage('', { exit_code: 1 });
  });
});

describe('events', () => {
  it.each(Object.entries(eachEvent))('%s has its type', (type, event) => {
    expect(event.type).toBe(type);
  });

  it.each(Object.entries(eachEvent).filter(([type]) => !['unknown', 'malformed'].includes(type)))(
    '%s is what a strict decoder accepts, unchanged',
    (_type, event) => {
      expect(decoded(event)).toMatchObject(event);
    },
  );

  it('create text deltas or output deltas by the type of the item', () => {
    expect(eachEvent['item.delta'].delta).toEqual({ text_delta: 'Hel' });
    expect(events.itemDelta(items.commandExecution('ls'), 'out').delta).toEqual({ output_delta: 'out' });
    expect(events.itemDelta(items.plan('p'), { text_delta: 'a', output_delta: 'b' }).delta).toEqual({
      text_delta: 'a',
      output_delta: 'b',
    });
  });

  it('run returns a successful run with numbered items', () => {
    const run = events.run(items.reasoning('hm'), items.agentMessage('Done.', { id: 'own' }));
    expect(run.map(({ type }) => type)).toEqual([
      'thread.started',
      'turn.started',
      'item.completed',
      'item.completed',
      'turn.completed',
    ]);
    expect(run.flatMap((event) => (event.type === 'item.completed' ? [event.item.id] : []))).toEqual([
      'item_0',
      'item_1',
    ]);
  });
});
