import { fc, test as prop } from '@fast-check/jest';
import { decodeRecord } from '../../src/rollouts/decode-record.js';
import { initialRolloutState, mapEnd, mapRecord } from '../../src/rollouts/mapping/map-record.js';

const decode = (value: unknown, line = 1) => decodeRecord(JSON.stringify(value), line);

describe('a line of a session file', () => {
  it('becomes a typed record, with its position and time', () => {
    expect(
      decode(
        { timestamp: '2026-01-02T03:04:05.678Z', ordinal: 4, type: 'session_meta', payload: { id: 't-1', cwd: '/w' } },
        7,
      ),
    ).toEqual({
      line_number: 7,
      timestamp: '2026-01-02T03:04:05.678Z',
      ordinal: 4,
      type: 'session_meta',
      payload: { id: 't-1', cwd: '/w' },
    });
  });

  it('keeps unknown fields', () => {
    const payload = { type: 'agent_message', message: 'Hi', mood: { good: true } };
    expect(decode({ type: 'event_msg', payload })).toMatchObject({ payload });
  });

  it.each(['', ' ', '\t', '\u00a0\u3000'])('is skipped if it is blank: %j', (line) => {
    expect(decodeRecord(line, 1)).toBeUndefined();
  });

  it('may have unknown types of the record and of the payload', () => {
    expect(decode({ type: 'new_record', payload: [1], extra: 2 })).toEqual({
      line_number: 1,
      type: 'unknown',
      record_type: 'new_record',
      payload: [1],
    });
    expect(decode({ type: 'new_record' })).toMatchObject({ type: 'unknown', payload: null });
    expect(decode({ type: 'event_msg', payload: { type: 'new_event', x: 1 } })).toEqual({
      line_number: 1,
      type: 'event_msg',
      payload: { type: 'unknown', payload_type: 'new_event', raw: { type: 'new_event', x: 1 } },
    });
    expect(decode({ type: 'response_item', payload: { type: 'toString' } })).toMatchObject({
      payload: { type: 'unknown', payload_type: 'toString' },
    });
    expect(decode({ type: 'response_item', payload: {} })).toMatchObject({ payload: { type: 'unknown', raw: {} } });
  });

  it('may be the payload alone at the start of the oldest files', () => {
    expect(decode({ id: 't-1', timestamp: '2025-05-06T07:08:09Z', instructions: null })).toMatchObject({
      type: 'session_meta',
      payload: { id: 't-1' },
    });
  });

  it.each([
    ['not JSON', '{"type":'],
    ['not an object', '42'],
    ['not an object', '[]'],
    ['not an object', 'null'],
    ['type: missing', '{}'],
    ['type: not text', '{"type":1}'],
    ['payload: expected session meta, found nothing', '{"type":"session_meta"}'],
    ['payload.cwd: expected string, found a number', '{"type":"session_meta","payload":{"cwd":1.0}}'],
    ['payload: not an object', '{"type":"event_msg","payload":null}'],
    ['payload.message: expected string, found nothing', '{"type":"event_msg","payload":{"type":"user_message"}}'],
    [
      'payload.content: expected a list of content parts, found a string',
      '{"type":"response_item","payload":{"type":"message","role":"user","content":"x"}}',
    ],
    [
      'payload.item.id: expected string, found nothing',
      '{"type":"event_msg","payload":{"type":"item_completed","item":{"type":"Plan"}}}',
    ],
  ])('that is wrong says what is: %s', (error, line) => {
    expect(decodeRecord(line, 3)).toMatchObject({ type: 'malformed', line_number: 3, line, error });
  });

  it('becomes a malformed record with the reason if it is too long or not UTF-8', () => {
    expect(decodeRecord({ text: 'x', line_number: 9, problem: 'oversize' }, 9)).toEqual({
      type: 'malformed',
      line_number: 9,
      line: 'x',
      error: 'the line is longer than maxLineBytes; raise it to read such lines',
    });
    expect(decodeRecord({ text: '\uFFFD', line_number: 9, problem: 'invalid_utf8' }, 9)).toMatchObject({
      error: 'the line is not valid UTF-8',
    });
  });

  it.each([
    ['a source that is an object', { type: 'session_meta', payload: { id: 'a', source: { subagent: 'review' } } }],
    ['instructions that are text', { type: 'session_meta', payload: { id: 'a', base_instructions: 'Be good' } }],
    [
      'an answer in parts',
      {
        type: 'response_item',
        payload: { type: 'function_call_output', call_id: 'c', output: [{ type: 'input_text', text: 'x' }] },
      },
    ],
    [
      'an answer that is an object',
      { type: 'response_item', payload: { type: 'function_call_output', call_id: 'c', output: { content: 'x' } } },
    ],
    ['a time that is no text', { timestamp: 5, type: 'compacted', payload: {} }],
  ])('may have %s', (_, value) => {
    expect(decode(value)?.type).toBe(value.type);
  });

  const kinds = fc.constantFrom(
    'session_meta',
    'turn_context',
    'compacted',
    'task_started',
    'task_complete',
    'turn_aborted',
    'token_count',
    'user_message',
    'agent_message',
    'agent_reasoning',
    'item_completed',
    'message',
    'function_call',
    'function_call_output',
    'custom_tool_call',
    'custom_tool_call_output',
    'web_search_call',
    'CommandExecution',
    'FileChange',
    'McpToolCall',
    'CollabAgentToolCall',
    'Reasoning',
    'UserMessage',
    'Plan',
    'x',
  );
  const names = fc.constantFrom(
    'type',
    'id',
    'cwd',
    'call_id',
    'name',
    'namespace',
    'arguments',
    'output',
    'input',
    'item',
    'turn_id',
    'message',
    'text',
    'content',
    'info',
    'error',
    'command',
    'changes',
    'status',
    'result',
    'agents_states',
    'action',
    'summary_text',
    'duration',
    'parent_thread_id',
    '__proto__',
  );
  const texts = fc.constantFrom(
    'a',
    'call',
    't-1',
    'Plan updated',
    'update_plan',
    'exec_command',
    'apply_patch',
    '{"cmd":["ls"]}',
    '{"plan":[{"step":1}]}',
    'file:///x',
    '{',
    '*** Add File: a\n*** Move to: b',
    'Process exited with code 1\nOutput:\nx',
    'Process running with session ID 3\nOutput:\n',
    '{"output":"x","metadata":{}}',
  );
  const { value } = fc.letrec<{ value: unknown; fields: Record<string, unknown> }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      texts,
      kinds,
      fc.jsonValue({ maxDepth: 1 }),
      tie('fields'),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
    fields: fc.dictionary(names, tie('value'), { maxKeys: 6 }),
  }));
  const payload = fc
    .tuple(kinds, fc.dictionary(names, value, { maxKeys: 8 }))
    .map(([type, rest]) => ({ ...rest, type }));
  const record = fc.record({
    type: fc.constantFrom('session_meta', 'turn_context', 'event_msg', 'response_item', 'compacted', 'x'),
    payload,
  });

  prop.prop([fc.array(fc.oneof(record, value), { maxLength: 30 })], { numRuns: 500 })(
    'never makes decoding or mapping throw, whatever it holds',
    (values) => {
      let state = initialRolloutState();
      values.forEach((each, index) => {
        const decoded = decodeRecord(JSON.stringify(each), index + 1);
        if (decoded === undefined) return;
        const before = JSON.stringify(state);
        const [next, events] = mapRecord(state, decoded);
        expect(mapRecord(state, decoded)).toEqual([next, events]);
        expect(JSON.stringify(state)).toBe(before);
        state = next;
      });
      expect(mapEnd(state)).toBeInstanceOf(Array);
    },
  );

  prop.prop([fc.string({ unit: 'binary' })])('never makes decoding throw', (line) => {
    expect(() => decodeRecord(line, 1)).not.toThrow();
  });
});
