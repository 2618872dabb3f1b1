import fc from 'fast-check';
import { threadEventSchema } from '../../src/events/schema/events.js';
import type {
  DictionarySchema,
  ListSchema,
  LiteralSchema,
  NullableSchema,
  OneOfSchema,
  OpenStringSchema,
  PlainSchema,
  Schema,
  UnionSchema,
} from '../../src/events/schema/schema.js';
import type { Props, ShapeSchema, TaggedSchema } from '../../src/events/schema/shape.js';

/** Text that decoding accepts unchanged as an id: not blank, no surrounding blanks. */
const idText = fc.string({ minLength: 1 }).map((text) => `t${text.trim()}`);

const ids: ReadonlySet<string> = new Set(['thread_id', 'turn_id']);

type AnySchema =
  | PlainSchema<unknown>
  | LiteralSchema<string>
  | OneOfSchema<string>
  | OpenStringSchema<string>
  | NullableSchema<unknown>
  | ListSchema<unknown>
  | DictionarySchema<unknown>
  | UnionSchema<unknown>
  | ShapeSchema<Props, Props>
  | TaggedSchema<unknown>;

/** Generates values that match a schema, with each field that the schema has. */
function valuesOf(type: Schema<unknown>): fc.Arbitrary<unknown> {
  const schema = type as AnySchema;
  switch (schema.kind) {
    case 'string':
      return fc.string({ unit: 'grapheme' });
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.maxSafeInteger();
    case 'finite':
      return fc.double({ noDefaultInfinity: true, noNaN: true });
    case 'unknown':
      return fc.jsonValue();
    case 'record':
      return fc.dictionary(idText, fc.jsonValue());
    case 'literal':
      return fc.constant(schema.value);
    case 'oneOf':
      return fc.constantFrom(...schema.values);
    case 'openString':
      return fc.oneof(fc.constantFrom(...schema.known), fc.string());
    case 'nullable':
      return fc.oneof(fc.constant(null), valuesOf(schema.inner));
    case 'list':
      return fc.array(valuesOf(schema.inner), { maxLength: 4 });
    case 'dictionary':
      return fc.dictionary(idText, valuesOf(schema.inner), { maxKeys: 3 });
    case 'union':
      return fc.oneof(...schema.members.map(valuesOf));
    case 'shape':
      return shapesOf(schema);
    case 'tagged':
      return fc.oneof(...[...schema.members.values()].map(valuesOf));
  }
}

function shapesOf({ required, optional }: ShapeSchema<Props, Props>): fc.Arbitrary<unknown> {
  const field = ([key, type]: [string, Schema<unknown>]): [string, fc.Arbitrary<unknown>] => [
    key,
    ids.has(key) ? idText : valuesOf(type),
  ];
  const fields = Object.fromEntries([...Object.entries(required), ...Object.entries(optional)].map(field));
  // Every event has both ids, so that none is inherited.
  const requiredKeys = [...Object.keys(required), ...Object.keys(optional).filter((key) => ids.has(key))];
  return fc.record(fields, { requiredKeys });
}

/** Events with all the fields that they can have, in any combination, as JSON holds them. */
export const jsonEvents: fc.Arbitrary<unknown> = valuesOf(threadEventSchema).map(
  (event) => JSON.parse(JSON.stringify(event)) as unknown,
);
