import * as t from 'io-ts';
import { z } from 'zod';
import { toJsonSchema } from '../../src/request/output-schema.js';

const verdict = {
  type: 'object',
  properties: { ok: { type: 'boolean' }, reason: { type: 'string' } },
  required: ['ok', 'reason'],
  additionalProperties: false,
};

describe('toJsonSchema', () => {
  it('returns a JSON Schema unchanged', () => {
    expect(toJsonSchema('outputSchema', verdict)).toBe(verdict);
  });

  it('converts a zod schema to closed objects', () => {
    const Verdict = z.object({ ok: z.boolean(), reason: z.string() });
    expect(toJsonSchema('outputSchema', Verdict)).toEqual(verdict);
    expect(toJsonSchema('outputSchema', z.object({ list: z.array(Verdict) }))).toMatchObject({
      properties: { list: { items: verdict } },
    });
    expect(
      toJsonSchema(
        'outputSchema',
        Verdict.transform(({ ok }) => ok),
      ),
    ).toEqual(verdict);
  });

  it('converts a schema by Standard JSON Schema, as input', () => {
    const input = jest.fn(() => verdict);
    const schema = Object.assign(() => 'called', { '~standard': { validate: jest.fn(), jsonSchema: { input } } });
    expect(toJsonSchema('outputSchema', schema)).toEqual(verdict);
    expect(input).toHaveBeenCalledWith({ target: 'draft-2020-12' });
  });

  it.each(['toJSONSchema', 'toJsonSchema'])('converts a schema by its method %s', (method) => {
    const schema = new (class {
      [method] = () => verdict;
    })();
    expect(toJsonSchema('outputSchema', schema)).toEqual(verdict);
  });

  it.each<[t.Mixed, object]>([
    [t.type({ ok: t.boolean, reason: t.string }), verdict],
    [t.exact(t.readonly(t.type({ ok: t.boolean, reason: t.string }))), verdict],
    [
      t.intersection([t.type({ n: t.Int }), t.partial({ why: t.union([t.string, t.null]) })]),
      {
        type: 'object',
        properties: { n: { type: 'integer' }, why: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
        required: ['n'],
        additionalProperties: false,
      },
    ],
    [
      t.strict({ list: t.array(t.keyof({ a: null, b: null })), pair: t.tuple([t.number, t.literal(1)]) }),
      {
        type: 'object',
        properties: {
          list: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
          pair: { type: 'array', prefixItems: [{ type: 'number' }, { const: 1 }], items: false, minItems: 2 },
        },
        required: ['list', 'pair'],
        additionalProperties: false,
      },
    ],
    [t.record(t.string, t.number), { type: 'object', additionalProperties: { type: 'number' } }],
  ])('converts an io-ts codec of plain data: %#', (codec, json) => {
    expect(toJsonSchema('outputSchema', codec)).toEqual(json);
  });

  it.each<[unknown, string]>([
    [42, 'must be a JSON Schema as a plain object, its path, or a schema that can be converted to one, got 42.'],
    [null, 'must be a JSON Schema as a plain object, its path, or a schema that can be converted to one, got null.'],
    [(value: unknown) => value, 'can be converted to one, got a function.'],
    [new Map(), 'can be converted to one, got an object.'],
    [
      { '~standard': { validate: () => ({ value: 1 }) } },
      'because its library does not implement Standard JSON Schema. Give a JSON Schema.',
    ],
    [z.date(), 'cannot be converted to a JSON Schema: '],
    [
      t.unknown,
      'cannot be converted to a JSON Schema: the io-ts codec unknown has no JSON Schema. Give a JSON Schema.',
    ],
    [
      t.intersection([t.type({ n: t.number }), t.string]),
      'cannot be converted to a JSON Schema: the io-ts codec string is not an object. Give a JSON Schema.',
    ],
  ])('rejects %p with advice', (schema, message) => {
    expect(() => toJsonSchema('outputSchema', schema)).toThrow(message);
  });
});
