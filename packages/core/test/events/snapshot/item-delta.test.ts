import { applyDelta, blankItem } from '../../../src/events/snapshot/item-delta.js';

describe('blankItem', () => {
  it.each([
    ['agent_message', { text: '' }],
    ['reasoning', { text: '' }],
    ['user_message', { text: '' }],
    ['plan', { text: '' }],
    ['command_execution', { command: '', aggregated_output: '', status: 'in_progress' }],
    ['file_change', { changes: [], status: 'in_progress' }],
    ['mcp_tool_call', { server: '', tool: '', status: 'in_progress' }],
    [
      'collab_tool_call',
      { tool: '', sender_thread_id: '', receiver_thread_ids: [], agents_states: {}, status: 'in_progress' },
    ],
    ['web_search', { query: '' }],
    ['todo_list', { items: [] }],
    ['error', { message: '' }],
    ['context_compaction', {}],
    ['image_view', { path: '' }],
  ] as const)('is an empty %s', (type, fields) => {
    expect(blankItem('item_1', type, {})).toEqual({ id: 'item_1', type, ...fields });
  });

  it('keeps what was received of a type that is not known', () => {
    const raw = { any: 1 };
    const item = { type: 'unknown', id: 'item_1', item_type: 'hologram', raw };
    expect(blankItem('item_1', 'hologram', raw)).toEqual(item);
  });
});

describe('applyDelta', () => {
  const command = blankItem('item_1', 'command_execution', {});

  it('appends text and output, and replaces other fields', () => {
    const replacing: object = { output_delta: 'b', status: 'failed' };
    const item = applyDelta(applyDelta(command, { output_delta: 'a' }), replacing);
    expect(item).toEqual({ ...command, aggregated_output: 'ab', status: 'failed' });
    const message = applyDelta(applyDelta(blankItem('item_2', 'plan', {}), { text_delta: 'a' }), { text_delta: 'b' });
    expect(message).toEqual({ id: 'item_2', type: 'plan', text: 'ab' });
  });

  it('changes neither id nor type nor prototype, and ignores text that is none', () => {
    const hostile = JSON.parse('{"id":"x","type":"error","__proto__":{"a":1},"output_delta":5}') as object;
    expect(applyDelta(command, hostile)).toEqual(command);
    expect(Object.getPrototypeOf(applyDelta(command, hostile))).toBe(Object.prototype);
  });
});
