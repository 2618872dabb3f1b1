import fc from 'fast-check';
import { recordRequest } from '../../src/model/recorded-request.js';

const raw = { method: 'POST', path: '/v1/responses', headers: {}, text: '' };

it('parses the fields for assertions', () => {
  const body = {
    model: 'gpt-5.5',
    input: [
      {
        type: 'message',
        role: 'user',
        content: [{ type: 'input_text', text: '<environment_context>…</environment_context>' }],
      },
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_text', text: 'Fix' },
          { type: 'input_text', text: 'it' },
        ],
      },
      { type: 'function_call', call_id: 'c0', name: 'x', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c0', output: 'old' },
      { type: 'function_call', call_id: 'c1', name: 'x', arguments: '{}' },
      { type: 'function_call', call_id: 'c2', name: 'x', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c1', output: 'one' },
      {
        type: 'message',
        role: 'user',
        content: [{ type: 'input_text', text: '<subagent_notification>…</subagent_notification>' }],
      },
      { type: 'custom_tool_call_output', call_id: 'c2', output: [{ type: 'input_text', text: 'two' }] },
    ],
    tools: [{ type: 'function', name: 'exec_command' }],
  };
  const headers = { 'user-agent': 'codex_exec/0.169.0 (Debian 12.0.0; x86_64)', 'thread-id': 't1' };
  expect(recordRequest(3, { ...raw, headers, text: JSON.stringify(body) })).toMatchObject({
    index: 3,
    model: 'gpt-5.5',
    cliVersion: '0.169.0',
    threadId: 't1',
    prompt: 'Fix\nit',
    tools: [{ name: 'exec_command' }],
    toolOutputs: [
      { callId: 'c1', output: 'one' },
      { callId: 'c2', output: 'two' },
    ],
    body,
  });
});

it('reads the thread id of older versions', () => {
  // A sub-agent of CLI 0.130 is in the session of its parent.
  expect(recordRequest(0, { ...raw, headers: { session_id: 's', thread_id: 't' } }).threadId).toBe('t');
  expect(recordRequest(0, { ...raw, headers: { session_id: 's' } }).threadId).toBe('s');
  expect(recordRequest(0, { ...raw, text: '{"prompt_cache_key":"k"}' }).threadId).toBe('k');
});

it('accepts any body', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.record({ input: fc.jsonValue(), tools: fc.jsonValue() }).map((body) => JSON.stringify(body)),
      ),
      (text) => {
        const request = recordRequest(0, { ...raw, text });
        expect(request.text).toBe(text);
        expect(Array.isArray(request.input)).toBe(true);
        expect(typeof request.prompt).toBe('string');
      },
    ),
  );
});
