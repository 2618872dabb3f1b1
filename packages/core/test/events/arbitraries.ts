import { threadEventCodec } from '@codex-rx/core/codecs';
import fc from 'fast-check';
import type * as t from 'io-ts';
import { NullableType, OpenType, ShapeType, TaggedType } from '../../src/events/codecs/shape.js';

/** Text that decoding takes for an id as it is: not blank, and no blanks around it. */
const idText = fc.string({ minLength: 1 }).map((text) => `t${text.trim()}`);

const ids: ReadonlySet<string> = new Set(['thread_id', 'turn_id']);

function tagOf(codec: t.Mixed): string {
  return (codec as t.Mixed & { readonly _tag?: string })._tag ?? codec.name;
}

/** Values that a codec accepts; the generator is read off the codec, so that it knows each field that the codec knows. */
function valuesOf(codec: t.Mixed): fc.Arbitrary<unknown> {
  if (codec instanceof ShapeType) return shapesOf(codec as ShapeType<t.Props, t.Props>);
  if (codec instanceof OpenType) return fc.oneof(fc.constantFrom(...(codec.known as string[])), fc.string());
  if (codec instanceof NullableType) return fc.oneof(fc.constant(null), valuesOf(codec.type as t.Mixed));
  if (codec instanceof TaggedType) return fc.oneof(...[...codec.members.values()].map(valuesOf));
  const inner = codec as t.Mixed & { readonly type: t.Mixed; readonly value: unknown; readonly codomain: t.Mixed };
  switch (tagOf(codec)) {
    case 'StringType':
      return fc.string({ unit: 'grapheme' });
    case 'BooleanType':
      return fc.boolean();
    case 'IntegerType':
      return fc.maxSafeInteger();
    case 'FiniteType':
      return fc.double({ noDefaultInfinity: true, noNaN: true });
    case 'UnknownType':
      return fc.jsonValue();
    case 'LiteralType':
      return fc.constant(inner.value);
    case 'KeyofType':
      return fc.constantFrom(...Object.keys((codec as t.Mixed & { readonly keys: object }).keys));
    case 'ReadonlyArrayType':
      return fc.array(valuesOf(inner.type), { maxLength: 4 });
    case 'ReadonlyType':
      return valuesOf(inner.type);
    case 'DictionaryType':
      return fc.dictionary(idText, valuesOf(inner.codomain), { maxKeys: 3 });
    default:
      throw new Error(`no generator for the codec ${codec.name} (${tagOf(codec)})`);
  }
}

function shapesOf(codec: ShapeType<t.Props, t.Props>): fc.Arbitrary<unknown> {
  const field = ([key, type]: [string, t.Mixed]): [string, fc.Arbitrary<unknown>] => [
    key,
    ids.has(key) ? idText : valuesOf(type),
  ];
  const fields = Object.fromEntries([...Object.entries(codec.required), ...Object.entries(codec.optional)].map(field));
  // Every event has both ids, so that none is inherited.
  const requiredKeys = [...Object.keys(codec.required), ...Object.keys(codec.optional).filter((key) => ids.has(key))];
  return fc.record(fields, { requiredKeys });
}

/** Events with all the fields that they can have, in any combination, as JSON holds them. */
export const jsonEvents: fc.Arbitrary<unknown> = valuesOf(threadEventCodec).map(
  (event) => JSON.parse(JSON.stringify(event)) as unknown,
);
