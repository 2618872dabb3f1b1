import { decodeValue, strictError } from '../support.js';

/** The item of the event that an item in an old shape becomes, nested in an event of a type. */
function itemFrom(item: object, type = 'item.completed'): unknown {
  const event = decodeValue({ type, item });
  expect(strictError({ type, item })).toBeUndefined();
  return event !== undefined && 'item' in event ? event.item : event;
}

describe('a nested item in an old shape', () => {
  it('may have its type in item_type and its id in item_id', () => {
    expect(itemFrom({ item_id: 'i', item_type: 'agent_message', text: 'hi' })).toEqual({
      id: 'i',
      type: 'agent_message',
      text: 'hi',
    });
  });

  it.each(['agent_message', 'reasoning'])('may have textual content (%s)', (type) => {
    expect(itemFrom({ id: 'i', type, content: 'hi', mood: 1 })).toEqual({ id: 'i', type, text: 'hi', mood: 1 });
  });

  it('may have its fields in content', () => {
    expect(itemFrom({ id: 'i', type: 'error', content: { message: 'm', code: 'c' } })).toEqual({
      id: 'i',
      type: 'error',
      message: 'm',
      code: 'c',
    });
  });

  it('sets the thread and turn of the event', () => {
    const item = { id: 'i', type: 'reasoning', text: '', thread_id: 't-5', turn_id: 'u-5' };

    expect(decodeValue({ type: 'item.started', thread_id: 't-1', turn_id: 'u-1', item })).toMatchObject({
      thread_id: 't-5',
      turn_id: 'u-5',
    });
  });

  it.each([null, 7, [], true])('is malformed with content %j', (content) => {
    expect(decodeValue({ type: 'item.started', item: { id: 'i', type: 'reasoning', content } })).toMatchObject({
      type: 'malformed',
    });
  });
});

describe('an old command_execution', () => {
  const base = { id: 'i', type: 'command_execution' };
  const command = { ...base, command: 'ls' };

  it.each(['stdout', 'output', 'aggregated_output'])('has its output in %s', (name) => {
    expect(itemFrom({ ...base, content: { command: 'ls', [name]: 'a\n', exit_code: 0 } })).toEqual({
      ...command,
      aggregated_output: 'a\n',
      exit_code: 0,
      status: 'completed',
    });
  });

  it.each(['stderr', 'error_output', 'err'])('has %s after its output, and still as stderr', (name) => {
    expect(itemFrom({ ...command, stdout: 'out', [name]: 'err' })).toMatchObject({
      aggregated_output: 'outerr',
      stderr: 'err',
    });
    expect(itemFrom({ ...command, [name]: 'err' })).toMatchObject({ aggregated_output: 'err' });
  });

  it('has no output and a status by its phase if it has neither', () => {
    expect(itemFrom(command, 'item.started')).toEqual({ ...command, aggregated_output: '', status: 'in_progress' });
    expect(itemFrom(command, 'item.completed')).toMatchObject({ status: 'completed' });
  });

  it.each([
    ['output that is null', { stdout: null }],
    ['an error output that is a number', { stdout: '', stderr: 5 }],
    ['a fractional exit code', { aggregated_output: '', exit_code: 1.5 }],
    ['a status that is null', { aggregated_output: '', status: null }],
    ['a status that is a number', { aggregated_output: '', status: 1 }],
  ])('is malformed with %s', (_name, fields) => {
    expect(decodeValue({ type: 'item.completed', item: { ...command, ...fields } })).toMatchObject({
      type: 'malformed',
    });
  });
});

describe('another old item', () => {
  it('file_change: a single file becomes the list of changes', () => {
    const content = { file_path: 'a.ts', change: 'apply', patch: '@@', stdout: 'ok', exit_code: 0 };

    expect(itemFrom({ id: 'i', type: 'file_change', content })).toEqual({
      id: 'i',
      type: 'file_change',
      changes: [{ path: 'a.ts', kind: 'update', diff: '@@' }],
      change: 'apply',
      stdout: 'ok',
      exit_code: 0,
      status: 'completed',
    });
    expect(itemFrom({ id: 'i', type: 'file_change', content: { path: 'a.ts' } })).toMatchObject({
      changes: [{ path: 'a.ts', kind: 'update' }],
    });
    expect(decodeValue({ type: 'item.started', item: { id: 'i', type: 'file_change', content: {} } })).toMatchObject({
      type: 'malformed',
      error: 'item.changes.0.path: expected string, found nothing',
    });
  });

  it('mcp_tool_call: server_name, tool_name, any result, pending and running', () => {
    const content = { server_name: 's', tool_name: 't', arguments: { a: 1 }, result: { n: 1 }, status: 'pending' };

    expect(itemFrom({ id: 'i', type: 'mcp_tool_call', content })).toEqual({
      id: 'i',
      type: 'mcp_tool_call',
      server: 's',
      tool: 't',
      arguments: { a: 1 },
      result: { content: [], structured_content: { n: 1 } },
      status: 'in_progress',
    });
    expect(itemFrom({ id: 'i', type: 'mcp_tool_call', content: { ...content, status: 'running' } })).toHaveProperty(
      'status',
      'in_progress',
    );
    expect(itemFrom({ id: 'i', type: 'mcp_tool_call', content: { server: 's', tool: 't' } })).toHaveProperty(
      'status',
      'completed',
    );
  });

  it('web_search: results and status stay', () => {
    const content = { query: 'q', results: [1], status: 'completed' };

    expect(itemFrom({ id: 'i', type: 'web_search', content })).toEqual({ id: 'i', type: 'web_search', ...content });
  });

  it('todo_list: title is text, and completed is false by default', () => {
    const content = {
      items: [
        { title: 'a', x: 1 },
        { title: 'b', completed: true },
      ],
    };

    expect(itemFrom({ id: 'i', type: 'todo_list', content })).toEqual({
      id: 'i',
      type: 'todo_list',
      items: [
        { text: 'a', completed: false, x: 1 },
        { text: 'b', completed: true },
      ],
    });
    expect(itemFrom({ id: 'i', type: 'todo_list', content: {} })).toHaveProperty('items', []);
  });

  it.each([null, 5, {}])('todo_list: items that are %j are malformed', (items) => {
    expect(decodeValue({ type: 'item.started', item: { id: 'i', type: 'todo_list', items } })).toMatchObject({
      type: 'malformed',
    });
  });
});
