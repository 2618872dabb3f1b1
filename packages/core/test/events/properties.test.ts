import { threadEventCodec } from '@codex-rx/core/codecs';
import { createDecoder, type RawLine } from '@codex-rx/core/events';
import { fc, test as prop } from '@fast-check/jest';
import { decodeLine } from '../../src/events/decoding/decode-line.js';
import { decodeValue } from '../../src/events/decoding/decode-value.js';
import { initialDecoderState } from '../../src/events/decoding/decoder-state.js';
import { isCommonEvent } from '../../src/events/schema/common.js';
import { jsonEvents } from './arbitraries.js';
import { sampleEvents } from './samples.js';
import { decodeValue as decodeOne, strictError } from './support.js';

/** JSON texts of events in which a part is replaced, and texts that are not JSON. */
const lines: fc.Arbitrary<RawLine> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  jsonEvents.map((event) => JSON.stringify(event)),
  fc
    .tuple(
      fc.constantFrom(...sampleEvents),
      fc.constantFrom('id', 'item', 'type', 'text', 'content', 'delta', 'error'),
      fc.jsonValue(),
    )
    .map(([event, name, value]) => JSON.stringify({ ...event, [name]: value })),
  fc.tuple(fc.constantFrom(...sampleEvents), fc.nat(), fc.string()).map(([event, index, text]) => {
    const line = JSON.stringify(event);
    const position = index % line.length;
    return line.slice(0, position) + text + line.slice(position + 1);
  }),
  fc.record({
    text: fc.string(),
    line_number: fc.nat(),
    problem: fc.constantFrom('oversize' as const, 'invalid_utf8' as const),
  }),
);

const commonItem = fc.record(
  {
    id: fc.oneof(fc.constant('i'), fc.jsonValue()),
    type: fc.constantFrom(
      'agent_message',
      'reasoning',
      'command_execution',
      'file_change',
      'mcp_tool_call',
      'todo_list',
      'web_search',
      'error',
    ),
    ...Object.fromEntries(
      [
        'text',
        'phase',
        'command',
        'aggregated_output',
        'status',
        'server',
        'tool',
        'query',
        'search_id',
        'cwd',
        'duration_ms',
      ].map((name) => [name, fc.oneof(fc.constant('x'), fc.constant('x'), fc.jsonValue())]),
    ),
    exit_code: fc.oneof(fc.constant(null), fc.integer(), fc.double(), fc.jsonValue()),
    changes: fc.oneof(
      fc.array(fc.record({ path: fc.string(), kind: fc.string(), diff: fc.jsonValue() }, { requiredKeys: ['path'] })),
      fc.jsonValue(),
    ),
    items: fc.oneof(
      fc.array(
        fc.record(
          { text: fc.string(), completed: fc.oneof(fc.boolean(), fc.jsonValue()), status: fc.jsonValue() },
          { requiredKeys: ['text'] },
        ),
      ),
      fc.jsonValue(),
    ),
    action: fc.oneof(
      fc.record(
        {
          type: fc.string(),
          query: fc.oneof(fc.string(), fc.jsonValue()),
          url: fc.constantFrom(null, 'u', 7),
          queries: fc.constantFrom(null, ['q'], [7]),
        },
        { requiredKeys: ['type'] },
      ),
      fc.jsonValue(),
    ),
    result: fc.oneof(fc.record({ content: fc.array(fc.jsonValue()) }), fc.jsonValue()),
    error: fc.oneof(fc.record({ message: fc.string() }), fc.jsonValue()),
  },
  { requiredKeys: ['type', 'id'] },
);

const commonEvent = fc
  .tuple(
    fc.constantFrom('item.started', 'item.updated', 'item.completed', 'item.delta'),
    commonItem,
    fc.record(
      {
        thread_id: fc.constantFrom('t-2', '', ' t-2', 't-2 ', '\u00a0', 7, null),
        turn_id: fc.constantFrom('u-2', ' ', 7, null),
        conversation_id: fc.constantFrom('c-2', 7),
      },
      { requiredKeys: [] },
    ),
    fc.record(
      {
        item_id: fc.oneof(fc.constant('i'), fc.jsonValue()),
        item_type: fc.oneof(fc.constantFrom('agent_message', 'command_execution'), fc.jsonValue()),
        delta: fc.oneof(
          fc.record(
            { text_delta: fc.string(), output_delta: fc.oneof(fc.string(), fc.jsonValue()) },
            { requiredKeys: [] },
          ),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: ['item_id', 'item_type'] },
    ),
  )
  .map(([type, item, ids, delta]) => (type === 'item.delta' ? { type, ...ids, ...delta } : { type, ...ids, item }));

describe('decoding', () => {
  prop.prop([fc.array(lines), fc.boolean()], { numRuns: 300 })(
    'never throws, and counts every line',
    (input, strict) => {
      const decoder = createDecoder({ strict });
      for (const line of input) {
        const before = decoder.state.lineNumber;
        const result = decoder.decode(line);
        expect(decoder.state.lineNumber).toBe(typeof line === 'string' ? before + 1 : line.line_number);
        expect(strict || result._tag === 'Right').toBe(true);
      }
    },
  );

  prop.prop([fc.array(lines, { maxLength: 5 })], { numRuns: 300 })(
    'gives nothing but events that the codecs accept',
    (input) => {
      const decoder = createDecoder();
      for (const line of input) {
        const result = decoder.decode(line);
        const event = result._tag === 'Right' && result.right._tag === 'Some' ? result.right.value : undefined;
        expect(event === undefined || threadEventCodec.is(event)).toBe(true);
      }
    },
  );

  prop.prop([jsonEvents], { numRuns: 1000 })('returns any event that was written as JSON', (event) => {
    expect(decodeOne(event)).toEqual(event);
  });

  prop.prop([jsonEvents], { numRuns: 300 })('returns its own events unchanged when they are decoded again', (event) => {
    const once = decodeOne(event);

    expect(decodeOne(once)).toEqual(once);
  });

  prop.prop([commonEvent], { numRuns: 1000 })(
    'takes no short path for an event that its codec would not accept',
    (value) => {
      const isValid = threadEventCodec.decode(value)._tag === 'Right';

      expect(!isCommonEvent(value) || isValid).toBe(true);
      expect(threadEventCodec.is(value)).toBe(isValid);
    },
  );

  prop.prop([commonEvent, fc.boolean()], { numRuns: 1000 })(
    'gives the same on the short path as on the long one',
    (value, strict) => {
      const line = JSON.stringify(value);
      const memory = () => ({ ...initialDecoderState, threadId: 't-1', turnId: 'u-1', lineNumber: 1 });
      const long = decodeValue(memory(), JSON.parse(line), line, strict);
      const short = decodeLine({ ...memory(), lineNumber: 0 }, line, strict);

      if (short._tag === 'Right') expect(short.right).toEqual({ _tag: 'Some', value: long.event });
      else expect(short.left).toMatchObject(long.problem ?? { problem: 'none' });
      expect(short._tag === 'Left').toBe(strict && long.problem !== undefined);
    },
  );

  prop.prop([
    jsonEvents,
    fc.dictionary(
      fc.string().map((key) => `x_${key}`),
      fc.jsonValue(),
    ),
  ])('keeps fields that it does not know, on the event and on the item', (event, extra) => {
    const fields = event as { readonly item?: object };
    const value = { ...fields, ...extra, ...(fields.item === undefined ? {} : { item: { ...fields.item, ...extra } }) };
    const json = JSON.parse(JSON.stringify(value)) as unknown;

    expect(decodeOne(json)).toEqual(json);
  });
});

describe('a hostile line', () => {
  const command = (fields: string) =>
    `{"type":"item.completed","item":{"id":"i","type":"command_execution","command":"ls","aggregated_output":"","status":"completed"${fields}}}`;

  it('with __proto__ keys does not change a prototype, and the keys stay fields', () => {
    const result = createDecoder().decode(
      command(',"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}'),
    );
    const event = result._tag === 'Right' && result.right._tag === 'Some' ? result.right.value : undefined;
    const item = event !== undefined && 'item' in event ? event.item : undefined;

    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
    expect(Object.hasOwn(item ?? {}, '__proto__')).toBe(true);
  });

  it('with __proto__ keys in an old shape does no harm either', () => {
    const line =
      '{"type":"item.created","__proto__":{"thread_id":"x"},"item":{"id":"i","type":"reasoning","content":{"text":"t","__proto__":{"id":"no"}},"__proto__":{"text":"no"}}}';
    const result = createDecoder().decode(line);

    expect(result).toMatchObject({ right: { value: { type: 'item.started', item: { id: 'i', text: 't' } } } });
    expect(({} as { thread_id?: string }).thread_id).toBeUndefined();
    expect(result).not.toHaveProperty('right.value.thread_id', 'x');
  });

  it('reads no field from a prototype', () => {
    expect(strictError({ type: 'toString' })).toMatchObject({ path: 'type' });
    expect(strictError({ type: 'item.completed', item: { id: 'i', type: 'constructor' } })).toMatchObject({
      path: 'item.type',
    });
    expect(strictError({ type: 'item.completed', item: { id: 'i', type: '__proto__' } })).toMatchObject({
      path: 'item.type',
    });
  });

  it.each([
    ['in a list', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['in an object', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ])('that is nested very deeply (%s) is decoded or malformed', (_name, deep) => {
    const decoder = createDecoder();

    for (const line of [
      deep,
      command(`,"x":${deep}`),
      command(`,"exit_code":${deep}`),
      `{"type":"x","y":${deep}}`,
      `{"type":"turn.failed","error":${deep}}`,
    ]) {
      expect(decoder.decode(line)).toMatchObject({ _tag: 'Right', right: { _tag: 'Some' } });
    }
    expect(createDecoder({ strict: true }).decode(`{"type":"turn.failed","error":${deep}}`)).toMatchObject({
      _tag: 'Left',
    });
  });

  it('with lone surrogates is decoded unchanged', () => {
    const line = '{"type":"error","message":"\\ud800 \udc00"}';

    expect(createDecoder().decode(line)).toMatchObject({ right: { value: { message: '\ud800 \udc00' } } });
  });

  it.each(['1e999', '-1e999', '0.5', '1e-400', '"1"', '123456789012345678901234567890'])(
    'with the number %s as a count is accepted only if JSON can carry it on as an integer',
    (number) => {
      const line = `{"type":"turn.completed","usage":{"input_tokens":${number},"cached_input_tokens":0,"output_tokens":0}}`;
      const isInteger = Number.isInteger(JSON.parse(number));

      expect(createDecoder().decode(line)).toMatchObject({
        right: { value: { type: isInteger ? 'turn.completed' : 'malformed' } },
      });
    },
  );
});
