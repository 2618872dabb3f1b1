import fc from 'fast-check';
import { type ModelStep, model } from '../../src/model/index.js';
import { type RecordedRequest, recordRequest } from '../../src/model/recorded-request.js';
import { type Reply, type ReplyPart, reply, serializeEvent } from '../../src/model/reply.js';

function asked(
  version: string,
  { outputs = [], tools = [] }: { outputs?: string[]; tools?: string[] } = {},
): RecordedRequest {
  const body = {
    input: outputs.map((output) => ({ type: 'function_call_output', call_id: 'c', output })),
    tools: tools.map((name) => ({ type: 'function', name })),
  };
  const headers = { 'user-agent': `codex_exec/${version} (linux)` };
  return recordRequest(4, { method: 'POST', path: '/v1/responses', headers, text: JSON.stringify(body) });
}

function parts(steps: readonly ModelStep[], request = asked('0.169.0')): readonly ReplyPart[] {
  const made = reply({ steps, label: '' }, request);
  if (made.kind !== 'stream') throw new Error('The reply must be a stream.');
  return made.parts;
}

/** Returns the only output item of a response. */
function item(step: ModelStep, request?: RecordedRequest): unknown {
  const [done] = parts([step], request).flatMap((frame) =>
    frame.kind === 'event' && frame.event.type === 'response.output_item.done' ? [frame.event.item] : [],
  );
  return done;
}

const call = (name: string, args: unknown, namespace?: string) => ({
  type: 'function_call',
  id: 'fc_5_1',
  call_id: 'call_5_1',
  name,
  arguments: JSON.stringify(args),
  ...(namespace !== undefined && { namespace }),
});

describe('outputItem', () => {
  const agent = { outputs: ['{"agent_id":"a1","nickname":"Ada"}', '{"status":{}}'] };
  it.each<[string, ModelStep, string, unknown]>([
    ['0.98.0', model.mcp('demo', 'echo', { text: 'x' }), 'flat', call('mcp__demo__echo', { text: 'x' })],
    ['0.125.0', model.mcp('demo', 'echo'), 'a namespace with underscores', call('echo', {}, 'mcp__demo__')],
    ['0.134.0', model.mcp('demo', 'echo'), 'a namespace with underscores', call('echo', {}, 'mcp__demo__')],
    ['0.135.0', model.mcp('demo', 'echo'), 'a namespace', call('echo', {}, 'mcp__demo')],
    ['0.169.0', model.mcp('demo', 'echo'), 'a namespace', call('echo', {}, 'mcp__demo')],
    ['1.2.3', model.mcp('demo', 'echo'), 'as the newest', call('echo', {}, 'mcp__demo')],
    ['next', model.mcp('demo', 'echo'), 'as the newest', call('echo', {}, 'mcp__demo')],
    ['0.98.0', model.spawnAgent('t', []), 'flat', call('spawn_agent', { message: 't' })],
    ['0.132.0', model.spawnAgent('t', []), 'its name', call('spawn_agent', { message: 't' })],
    ['0.133.0', model.spawnAgent('t', []), 'a namespace', call('spawn_agent', { message: 't' }, 'multi_agent_v1')],
    ['0.169.0', model.spawnAgent('t', []), 'a namespace', call('spawn_agent', { message: 't' }, 'multi_agent_v1')],
    ['0.98.0', model.waitForAgent({ timeout: 5 }), 'wait', call('wait', { ids: ['a1'], timeout_ms: 5 })],
    [
      '0.125.0',
      model.waitForAgent({ timeout: 5 }),
      'wait_agent',
      call('wait_agent', { targets: ['a1'], timeout_ms: 5 }),
    ],
    ['0.98.0', model.closeAgent(), 'by id', call('close_agent', { id: 'a1' })],
    ['0.169.0', model.closeAgent(), 'by target', call('close_agent', { target: 'a1' }, 'multi_agent_v1')],
    ['0.98.0', model.tellAgent('m'), 'by id', call('send_input', { id: 'a1', message: 'm' })],
    [
      '0.150.1',
      model.tellAgent('m'),
      'by target',
      call('send_input', { target: 'a1', message: 'm' }, 'multi_agent_v1'),
    ],
  ])('encodes for %s %j %s', (version, step, _, expected) => {
    expect(item(step, asked(version, agent))).toEqual(expected);
  });

  it('patches by the tool if the request offers it, else by the command', () => {
    const patch = model.patch('*** Add File: a\n+b');
    const text = '*** Begin Patch\n*** Add File: a\n+b\n*** End Patch';
    expect(item(patch, asked('0.169.0', { tools: ['apply_patch'] }))).toMatchObject({
      type: 'custom_tool_call',
      name: 'apply_patch',
      input: text,
    });
    expect(item(patch, asked('0.169.0'))).toEqual(
      call('exec_command', { cmd: `apply_patch <<'END_OF_PATCH'\n${text}\nEND_OF_PATCH\n` }),
    );
  });

  it('types into the latest background command', () => {
    const request = asked('0.169.0', {
      outputs: ['Process running with session ID 11', 'Process running with session ID 22', 'Wall time: 1 s'],
    });
    expect(item(model.type('y\n', { wait: 300 }), request)).toEqual(
      call('write_stdin', { session_id: 22, chars: 'y\n', yield_time_ms: 300 }),
    );
  });

  it('throws if no command or sub-agent runs', () => {
    expect(() => parts([model.waitForCommand()])).toThrow(expect.objectContaining({ code: 'SCRIPT_MISFIT' }) as Error);
    expect(() => parts([model.closeAgent()])).toThrow(expect.objectContaining({ code: 'SCRIPT_MISFIT' }) as Error);
  });
});

describe('reply', () => {
  it('starts, sends items with distinct ids, and completes with the usage', () => {
    const made = parts([
      model.think('a'),
      model.usage({ input: 10, cached: 4, cacheWrite: 3, output: 2, reasoning: 1 }),
      model.say('b'),
    ]);
    expect(made).toEqual([
      { kind: 'event', event: { type: 'response.created', response: { id: 'resp_5' } } },
      expect.objectContaining({
        event: expect.objectContaining({
          item: expect.objectContaining({ type: 'reasoning', id: 'rs_5_1' }) as unknown,
        }) as unknown,
      }),
      expect.objectContaining({
        event: expect.objectContaining({
          item: expect.objectContaining({ type: 'message', id: 'msg_5_3' }) as unknown,
        }) as unknown,
      }),
      {
        kind: 'event',
        event: {
          type: 'response.completed',
          response: {
            id: 'resp_5',
            usage: {
              input_tokens: 10,
              input_tokens_details: { cached_tokens: 4, cache_write_tokens: 3 },
              output_tokens: 2,
              output_tokens_details: { reasoning_tokens: 1 },
              total_tokens: 12,
            },
          },
        },
      },
    ]);
  });

  it('waits before an item, each delta, and a failure', () => {
    const waits = (steps: readonly ModelStep[]) =>
      parts(steps).flatMap((frame) => (frame.kind === 'wait' ? [frame.ms] : []));
    expect(waits([model.run('a', { delay: 7 }), model.say('a b c', { deltas: true, delay: 3 })])).toEqual([7, 3, 3, 3]);
    expect(waits([model.fail('dropped', { delay: 9 })])).toEqual([9]);
    expect(waits([model.hang({ delay: 8 })])).toEqual([8]);
    expect(waits([model.say('a')])).toEqual([]);
  });

  it.each<[ModelStep, ReplyPart['kind'] | undefined]>([
    [model.fail('disconnected'), 'event'],
    [model.fail('dropped'), 'drop'],
    [model.fail('malformed'), 'raw'],
    [model.hang(), 'hang'],
  ])('does not complete after %j', (step, last) => {
    const made = parts([model.say('a'), step]);
    expect(made.at(-1)?.kind).toBe(last);
    expect(made.some((frame) => frame.kind === 'event' && frame.event.type === 'response.completed')).toBe(false);
  });

  it('returns a status with a body', () => {
    const made: Reply = reply(
      { steps: [model.fail(418, { message: 'teapot', code: 'short_and_stout' })], label: '' },
      asked('0.169.0'),
    );
    expect(made).toMatchObject({ kind: 'http', status: 418 });
    expect(made.kind === 'http' && JSON.parse(made.body)).toEqual({
      error: { message: 'teapot', type: 'invalid_request_error', code: 'short_and_stout' },
    });
  });

  it('sends the reset time of a usage limit in seconds', () => {
    const resetsAt = new Date('2031-05-06T07:08:09Z');
    const made = reply({ steps: [model.fail('usage_limit', { resetsAt, plan: 'pro' })], label: '' }, asked('0.169.0'));
    expect(made.kind === 'http' && (JSON.parse(made.body) as unknown)).toMatchObject({
      error: { type: 'usage_limit_reached', plan_type: 'pro', resets_at: resetsAt.getTime() / 1000 },
    });
  });
});

it('say splits a text into the given number of deltas', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.oneof(fc.constant(true), fc.integer({ min: 1, max: 9 })),
      (text, deltas) => {
        const step = model.say(text, { deltas });
        expect(step.deltas.join('')).toBe(text);
        expect(step.deltas.length).toBeLessThanOrEqual(deltas === true ? text.length : deltas);
      },
    ),
  );
});

it('serializeEvent writes one data line for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const [head, data, ...rest] = serializeEvent({ type: 'x', text }).split('\n');
      expect(head).toBe('event: x');
      expect(JSON.parse(data?.slice('data: '.length) ?? '')).toEqual({ type: 'x', text });
      expect(rest).toEqual(['', '']);
    }),
  );
});
