import { decodeValue, decodeValues, strictError } from './support.js';

/** The item of the event that an item in an old shape becomes, nested in an event of a type. */
function itemFrom(item: object, type = 'item.completed'): unknown {
  const event = decodeValue({ type, item });
  expect(strictError({ type, item })).toBeUndefined();
  return event !== undefined && 'item' in event ? event.item : event;
}

describe('an old name of an event type', () => {
  it('thread.resumed is a thread.started that is marked as resumed', () => {
    expect(decodeValue({ type: 'thread.resumed', thread_id: 't-1', extra: 1 })).toEqual({
      type: 'thread.started',
      thread_id: 't-1',
      resumed: true,
      extra: 1,
    });
  });

  it('item.created is an item.started', () => {
    expect(decodeValue({ type: 'item.created', item: { id: 'i', type: 'reasoning', text: 'x' } })).toEqual({
      type: 'item.started',
      item: { id: 'i', type: 'reasoning', text: 'x' },
    });
  });
});

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

describe('a flat item event', () => {
  it('becomes a nested item: all other fields belong to the item', () => {
    const line = {
      type: 'item.started',
      thread_id: 't-1',
      turn_id: 'u-1',
      item_id: 'i',
      index: 2,
      status: 'in_progress',
      item_type: 'agent_message',
      content: { text: 'hi' },
      extra: 1,
    };

    expect(decodeValue(line)).toEqual({
      type: 'item.started',
      thread_id: 't-1',
      turn_id: 'u-1',
      item: { id: 'i', type: 'agent_message', text: 'hi', index: 2, status: 'in_progress', extra: 1 },
    });
  });

  it('may have its id in id, and textual content', () => {
    expect(decodeValue({ type: 'item.completed', id: 'i', item_type: 'reasoning', content: 'x' })).toEqual({
      type: 'item.completed',
      item: { id: 'i', type: 'reasoning', text: 'x' },
    });
  });

  it('of an unknown item type keeps the whole line', () => {
    const line = { type: 'item.started', item_id: 'i', item_type: 'hologram', content: {} };

    expect(decodeValue(line)).toEqual({
      type: 'item.started',
      item: { type: 'unknown', item_type: 'hologram', id: 'i', raw: line },
    });
  });

  it.each([
    ['has no item type', { type: 'item.started', item_id: 'i', content: { text: '' } }],
    ['has no id', { type: 'item.started', item_type: 'reasoning', content: { text: '' } }],
    ['has an id that is no text', { type: 'item.started', item_id: 4, item_type: 'reasoning', content: { text: '' } }],
    ['has no content', { type: 'item.started', item_id: 'i', item_type: 'reasoning' }],
  ])('is malformed when it %s', (_name, line) => {
    expect(decodeValue(line)).toMatchObject({ type: 'malformed', event_type: 'item.started', raw: line });
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

describe('an item.delta', () => {
  const delta = (itemType: string, fields: object) =>
    decodeValue({ type: 'item.delta', item_id: 'i', item_type: itemType, ...fields });

  it('is unchanged in its own form', () => {
    const line = { type: 'item.delta', item_id: 'i', item_type: 'agent_message', delta: { text_delta: 'h', seq: 1 } };

    expect(decodeValue(line)).toEqual(line);
  });

  it.each([
    ['text', 'agent_message', 'hi', { text_delta: 'hi' }],
    ['the name of a snapshot', 'reasoning', { text: 'hi', x: 1 }, { text_delta: 'hi', x: 1 }],
    [
      'output',
      'command_execution',
      { stdout: 'a', err: 'b', exit_code: 0 },
      { output_delta: 'ab', stderr: 'b', exit_code: 0 },
    ],
    ['nothing', 'command_execution', {}, {}],
    ['a patch', 'file_change', { patch: '@@', output: 'ok' }, { diff: '@@', output_delta: 'ok' }],
    [
      'a result',
      'mcp_tool_call',
      { result: 5, status: 'running' },
      { result: { content: [], structured_content: 5 }, status: 'in_progress' },
    ],
    ['a list', 'todo_list', { items: [{ title: 'a' }] }, { items: [{ text: 'a', completed: false }] }],
    ['anything of another kind', 'hologram', { depth: 1 }, { depth: 1 }],
  ])('may carry %s', (_name, itemType, old, now) => {
    const expected = { type: 'item.delta', item_id: 'i', item_type: itemType, delta: now };

    expect(delta(itemType, { delta: old })).toEqual(expected);
    expect(delta(itemType, { content: old })).toEqual(expected);
    expect(decodeValue({ type: 'item.delta', item: { id: 'i', type: itemType, delta: old } })).toEqual(expected);
  });

  it('keeps content as a separate field next to a delta', () => {
    expect(delta('agent_message', { delta: 'a', content: 'b' })).toMatchObject({
      delta: { text_delta: 'a' },
      content: 'b',
    });
  });

  it.each([
    ['no delta', {}],
    ['textual delta of a kind that is no text', { item_type: 'web_search', delta: 'x' }],
    ['a delta that is a number', { delta: 5 }],
    ['a text_delta that is a number', { delta: { text_delta: 5 } }],
  ])('is malformed with %s', (_name, fields) => {
    expect(delta('agent_message', fields)).toMatchObject({ type: 'malformed', event_type: 'item.delta' });
  });
});

describe('an item.updated', () => {
  it('replaces the item if the item contains its fields', () => {
    const line = { type: 'item.updated', item: { id: 'i', type: 'agent_message', text: 'all of it' } };

    expect(decodeValue(line)).toEqual(line);
  });

  it.each([
    ['nested content', { item: { id: 'i', type: 'agent_message', content: 'hi' } }],
    ['a nested delta', { item: { id: 'i', type: 'agent_message', delta: { text_delta: 'hi' } } }],
    ['flat content', { item_id: 'i', item_type: 'agent_message', content: { text: 'hi' } }],
    ['a flat delta', { item_id: 'i', item_type: 'agent_message', delta: 'hi' }],
  ])('is an item.delta when it has %s', (_name, fields) => {
    expect(decodeValue({ type: 'item.updated', ...fields })).toEqual({
      type: 'item.delta',
      item_id: 'i',
      item_type: 'agent_message',
      delta: { text_delta: 'hi' },
    });
  });
});

describe('an item.failed', () => {
  it.each([
    ['flat', { item_id: 'i', item_type: 'web_search', error: { message: 'm', code: 'c' }, status: 'failed' }],
    ['nested', { item: { id: 'i', type: 'web_search', error: { message: 'm', code: 'c' }, status: 'failed' } }],
  ])('has the id and the error at the top (%s)', (_name, fields) => {
    expect(decodeValue({ type: 'item.failed', ...fields })).toEqual({
      type: 'item.failed',
      item_id: 'i',
      item_type: 'web_search',
      error: { message: 'm', code: 'c' },
      status: 'failed',
    });
  });

  it('requires an error', () => {
    expect(decodeValue({ type: 'item.failed', item_id: 'i' })).toMatchObject({ type: 'malformed' });
  });
});

describe('an old failure', () => {
  it('turn.failed may have its message next to its type', () => {
    expect(decodeValues({ type: 'turn.started' }, { type: 'turn.failed', message: 'm', code: 'c', x: 1 })[1]).toEqual({
      type: 'turn.failed',
      turn_id: 'synthetic-turn-1',
      error: { message: 'm', code: 'c' },
      x: 1,
    });
    expect(decodeValue({ type: 'turn.failed', message: 'm' })).toEqual({
      type: 'turn.failed',
      error: { message: 'm' },
    });
  });

  it('error may have its message in an error object', () => {
    expect(decodeValue({ type: 'error', error: { message: 'm', code: 'c' }, x: 1 })).toEqual({
      type: 'error',
      message: 'm',
      code: 'c',
      x: 1,
    });
  });

  it.each([
    { type: 'turn.failed' },
    { type: 'turn.failed', error: 'text' },
    { type: 'turn.failed', error: {} },
    { type: 'error' },
    { type: 'error', error: 'text' },
    { type: 'error', message: 5 },
    { type: 'error', message: 'm', code: 5 },
  ])('is malformed without a message of the right kind: %j', (line) => {
    expect(decodeValue(line)).toMatchObject({ type: 'malformed', event_type: line.type });
  });
});
