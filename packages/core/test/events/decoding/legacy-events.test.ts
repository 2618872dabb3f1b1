import { decodeValue, decodeValues } from '../support.js';

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
