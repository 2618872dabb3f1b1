import type { ThreadEvent } from '../../src/events/events.js';
import { answer, call, complete, happened, map, meta, response, started } from './support.js';

const old = meta({ cli_version: '0.125.0' });
const user = (ms: number) => happened(ms, { type: 'user_message', message: 'Go' });
const input = '*** Begin Patch\n*** Add File: a.txt\n+x\n*** End Patch';
const patch = (ms: number) => response(ms, { type: 'custom_tool_call', name: 'apply_patch', call_id: 'p', input });
const patchOutput = (ms: number, output: string) =>
  response(ms, { type: 'custom_tool_call_output', call_id: 'p', output });
const items = (events: readonly ThreadEvent[]): unknown[] =>
  events.flatMap((event) => ('item' in event && event.item.type !== 'user_message' ? [[event.type, event.item]] : []));

describe('a call without an output, before CLI 0.150', () => {
  const change = { changes: [{ path: '/w/a.txt', kind: 'add' }], status: 'in_progress' };

  it.each<[name: string, end: object[]]>([
    ['the end of the file', []],
    ['the end of its turn', [complete(4)]],
    ['the start of the next turn', [started(4, 'turn-2')]],
  ])('shows the start of a patch at %s', async (_name, end) => {
    const events = await map(old, started(1), user(1), patch(2), ...end);

    expect(items(events)).toEqual([['item.started', { id: 'p', type: 'file_change', ...change }]]);
    expect(events.find((event) => 'item' in event && event.item.id === 'p')?.turn_id).toBe('turn-1');
  });

  it('shows a plan as an unknown item', async () => {
    const events = await map(old, started(1), user(1), call(2, 'c', 'update_plan', { plan: [] }), complete(3));

    expect(items(events)).toMatchObject([
      ['item.completed', { id: 'c', type: 'unknown', item_type: 'function_call', raw: { name: 'update_plan' } }],
    ]);
  });

  it('shows the arguments of a command that the CLI cannot read', async () => {
    const events = await map(old, started(1), user(1), call(2, 'c', 'exec_command', { nothing: 1 }));

    expect(items(events)).toMatchObject([['item.started', { command: '{"nothing":1}' }]]);
  });
});

describe('the output of a call, before CLI 0.150', () => {
  it('shows a rejected patch as an unknown item', async () => {
    const output = 'apply_patch verification failed: no such file';
    const events = await map(old, started(1), user(1), patch(2), patchOutput(3, output));

    expect(items(events)).toMatchObject([
      ['item.completed', { id: 'p', type: 'unknown', raw: { call: { input }, output } }],
    ]);
  });

  it('shows a rejected plan as an unknown item', async () => {
    const events = await map(
      old,
      started(1),
      user(1),
      call(2, 'c', 'update_plan', { plan: [] }),
      answer(3, 'c', 'failed to parse'),
    );

    expect(items(events)).toMatchObject([['item.completed', { type: 'unknown', raw: { output: 'failed to parse' } }]]);
  });

  it.each([['c-9'], [null]])('is an unknown event if the file does not contain the call %j', async (call_id) => {
    const output = { type: 'function_call_output', call_id, output: 'lost' };
    const events = await map(old, started(1), user(1), response(2, output));

    expect(events.at(-1)).toMatchObject({ type: 'unknown', event_type: 'function_call_output', raw: output });
  });

  it('extends a background command, which another call completes', async () => {
    const events = await map(
      old,
      started(1),
      user(1),
      call(2, 'c', 'exec_command', { cmd: 'make' }),
      answer(3, 'c', 'Process running with session ID 7\nOutput:\none\n'),
      call(4, 'd', 'write_stdin', { session_id: 7, chars: '' }),
      answer(5, 'd', 'Process running with session ID 7\nOutput:\ntwo\n'),
      call(6, 'e', 'write_stdin', { session_id: 8, chars: '' }),
      answer(7, 'e', 'Process exited with code 1\nOutput:\nof another command\n'),
      call(8, 'f', 'write_stdin', { session_id: 7, chars: '' }),
      answer(9, 'f', 'write_stdin failed'),
      call(10, 'g', 'write_stdin', { session_id: 7, chars: '' }),
      answer(11, 'g', 'Process exited with code 2\nOutput:\nthree\n'),
    );
    const command = items(events).filter((entry) => (entry as [string, { id: string }])[1].id === 'c');

    expect(command).toMatchObject([
      ['item.started', { aggregated_output: '', status: 'in_progress' }],
      ['item.updated', { aggregated_output: 'one\n', status: 'in_progress' }],
      ['item.updated', { aggregated_output: 'one\ntwo\n', exit_code: null }],
      ['item.completed', { aggregated_output: 'one\ntwo\nthree\n', exit_code: 2, status: 'failed' }],
    ]);
    expect(items(events)).toHaveLength(8);
  });
});

describe('the end of an MCP call of CLI 0.130 to 0.147', () => {
  const invocation = { server: 's', tool: 't', arguments: { a: 1 } };
  const ended = (result: object) => happened(3, { type: 'mcp_tool_call_end', call_id: 'c', invocation, result });
  const called = response(2, {
    type: 'function_call',
    name: 't',
    namespace: 'mcp__s',
    call_id: 'c',
    arguments: '{"a":1}',
  });
  const content = [{ type: 'text', text: 'x' }];

  it.each<[name: string, result: object, item: object]>([
    [
      'a result with structured content',
      { Ok: { content, structuredContent: { b: 2 } } },
      { status: 'completed', result: { content, structured_content: { b: 2 } }, error: null },
    ],
    [
      'a result that is an error',
      { Ok: { content, isError: true } },
      { status: 'failed', result: { content, structured_content: null }, error: null },
    ],
    ['no result', { Err: 'timed out' }, { status: 'failed', result: null, error: { message: 'timed out' } }],
  ])('completes the item once, with %s', async (_name, result, item) => {
    const events = await map(old, started(1), user(1), called, ended(result), answer(4, 'c', 'Output:\nx'));

    expect(items(events)).toEqual([
      ['item.started', expect.objectContaining({ id: 'c', status: 'in_progress' })],
      ['item.completed', { id: 'c', type: 'mcp_tool_call', ...invocation, ...item }],
    ]);
    expect(events.filter(({ type }) => type === 'unknown')).toEqual([]);
  });

  it('starts and completes the item of a call that a program made', async () => {
    const events = await map(old, started(1), user(1), ended({ Ok: { content } }));

    expect(items(events).map((entry) => (entry as [string])[0])).toEqual(['item.started', 'item.completed']);
  });
});
