import { type OfficialThreadEvent, type ThreadEvent, type ThreadItem, toOfficialEvent } from '@codex-rx/core/events';
import type { ThreadEvent as SdkEvent } from '@openai/codex-sdk';
import { expectTypeOf } from 'expect-type';
import { sampleEvents, sampleItems } from './samples.js';

const officialItem = (item: ThreadItem) => {
  const event = toOfficialEvent({ type: 'item.completed', thread_id: 't', item });
  return event !== undefined && 'item' in event ? event.item : event;
};

describe('the vocabulary of the official SDK', () => {
  it('is a subset of ours', () => {
    expectTypeOf<SdkEvent>().toExtend<ThreadEvent>();
  });

  it('is the return type of toOfficialEvent', () => {
    expectTypeOf<OfficialThreadEvent>().toExtend<SdkEvent>();
    expectTypeOf<SdkEvent>().toExtend<OfficialThreadEvent>();
    expectTypeOf<SdkEvent['type']>().toEqualTypeOf<OfficialThreadEvent['type']>();
  });
});

describe('toOfficialEvent', () => {
  it('keeps only the fields of the vocabulary', () => {
    expect(sampleEvents.slice(0, 4).map(toOfficialEvent)).toEqual([
      { type: 'thread.started', thread_id: 'thread-1' },
      { type: 'turn.started' },
      {
        type: 'turn.completed',
        usage: {
          input_tokens: 1,
          cached_input_tokens: 2,
          output_tokens: 3,
          reasoning_output_tokens: 4,
          cache_write_input_tokens: 5,
        },
      },
      { type: 'turn.failed', error: { message: 'usage limit' } },
    ]);
    expect(toOfficialEvent({ type: 'error', thread_id: 't', message: 'm', will_retry: true })).toEqual({
      type: 'error',
      message: 'm',
    });
  });

  it.each(['item.started', 'item.updated', 'item.completed'] as const)('keeps %s', (type) => {
    const item: ThreadItem = { id: 'i', type: 'reasoning', text: 'x' };

    expect(toOfficialEvent({ type, thread_id: 't', item })).toEqual({ type, item });
  });

  it('translates each item of the vocabulary', () => {
    expect(sampleItems.map(officialItem)).toEqual([
      { id: 'item_0', type: 'agent_message', text: 'Done.' },
      { id: 'item_1', type: 'reasoning', text: '**Looking** around' },
      {
        id: 'item_2',
        type: 'command_execution',
        command: "/bin/bash -lc 'ls'",
        aggregated_output: 'a.ts\n',
        exit_code: 0,
        status: 'completed',
      },
      {
        id: 'item_3',
        type: 'file_change',
        changes: [
          { path: '/home/user/project/a.ts', kind: 'update' },
          { path: '/home/user/project/c.ts', kind: 'add' },
        ],
        status: 'completed',
      },
      {
        id: 'item_4',
        type: 'mcp_tool_call',
        server: 'demo',
        tool: 'echo',
        arguments: { text: 'hi' },
        result: { content: [{ type: 'text', text: 'hi' }], structured_content: { n: 1 }, _meta: { t: 1 } },
        error: { message: 'late' },
        status: 'completed',
      },
      undefined,
      { id: 'item_6', type: 'web_search', query: 'rxjs' },
      {
        id: 'item_7',
        type: 'todo_list',
        items: [
          { text: 'one', completed: true },
          { text: 'two', completed: false },
        ],
      },
      { id: 'item_8', type: 'error', message: 'Model metadata not found' },
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('translates unknown statuses to the nearest known one', () => {
    const command = {
      id: 'i',
      type: 'command_execution',
      command: 'ls',
      aggregated_output: '',
      exit_code: null,
    } as const;
    const patch = { id: 'i', type: 'file_change', changes: [{ path: 'a', kind: 'rename' }] } as const;
    const call = { id: 'i', type: 'mcp_tool_call', server: 's', tool: 't', result: null, error: null } as const;

    expect(officialItem({ ...command, status: 'declined' })).toEqual({
      id: 'i',
      type: 'command_execution',
      command: 'ls',
      aggregated_output: '',
      status: 'failed',
    });
    expect(officialItem({ ...patch, status: 'declined' })).toMatchObject({
      status: 'failed',
      changes: [{ path: 'a', kind: 'update' }],
    });
    expect(officialItem({ ...call, status: 'in_progress' })).toEqual({
      id: 'i',
      type: 'mcp_tool_call',
      server: 's',
      tool: 't',
      arguments: undefined,
      status: 'in_progress',
    });
    expect(officialItem({ ...call, result: { content: [] }, status: 'completed' })).toMatchObject({
      result: { content: [], structured_content: null },
    });
    expect(toOfficialEvent({ type: 'turn.completed' })).toEqual({
      type: 'turn.completed',
      usage: {
        input_tokens: 0,
        cached_input_tokens: 0,
        output_tokens: 0,
        reasoning_output_tokens: 0,
        cache_write_input_tokens: 0,
      },
    });
  });

  it('returns undefined for events outside of the vocabulary', () => {
    const patch: ThreadItem = { id: 'i', type: 'file_change', changes: [], status: 'in_progress' };
    const silent = ['item.delta', 'item.failed', 'usage.updated', 'turn.diff', 'unknown', 'malformed'];

    expect(officialItem(patch)).toBeUndefined();
    expect(sampleEvents.filter(({ type }) => silent.includes(type)).map(toOfficialEvent)).toEqual(
      silent.map(() => undefined),
    );
  });

  it('does not change the event', () => {
    const before = structuredClone(sampleEvents);
    sampleEvents.forEach(toOfficialEvent);

    expect(sampleEvents).toEqual(before);
  });
});
