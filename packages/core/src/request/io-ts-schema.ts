type JsonSchema = Readonly<Record<string, unknown>>;

/** A codec of io-ts, by its own description of its structure. */
interface Codec {
  readonly _tag: string;
  readonly name: string;
  readonly type?: Codec;
  readonly types?: readonly Codec[];
  readonly props?: Readonly<Record<string, Codec>>;
  readonly value?: unknown;
  readonly keys?: Readonly<Record<string, unknown>>;
  readonly codomain?: Codec;
}

export function isIoTsCodec(value: object): value is Codec {
  const { _tag, decode } = value as { readonly _tag?: unknown; readonly decode?: unknown };
  return typeof _tag === 'string' && typeof decode === 'function';
}

/** Returns the JSON Schema of a codec. @throws Error for a codec that describes more than plain data */
export function ioTsJsonSchema(codec: Codec): JsonSchema {
  switch (codec._tag) {
    case 'StringType':
      return { type: 'string' };
    case 'NumberType':
      return { type: 'number' };
    case 'BooleanType':
      return { type: 'boolean' };
    case 'NullType':
      return { type: 'null' };
    case 'LiteralType':
      return { const: codec.value };
    case 'KeyofType':
      return { type: 'string', enum: Object.keys(codec.keys ?? {}) };
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return { type: 'array', items: inner(codec) };
    case 'TupleType': {
      const items = (codec.types ?? []).map(ioTsJsonSchema);
      return { type: 'array', prefixItems: items, items: false, minItems: items.length };
    }
    case 'DictionaryType':
      return {
        type: 'object',
        additionalProperties: codec.codomain === undefined ? {} : ioTsJsonSchema(codec.codomain),
      };
    case 'ReadonlyType':
    case 'ExactType':
      return inner(codec);
    case 'RefinementType':
      if (codec.name === 'Int') return { type: 'integer' };
      return inner(codec);
    case 'UnionType':
      return { anyOf: (codec.types ?? []).map(ioTsJsonSchema) };
    case 'InterfaceType':
    case 'PartialType':
    case 'IntersectionType':
    case 'StrictType':
      return objectSchema(codec);
    default:
      throw new Error(`the io-ts codec ${codec.name} has no JSON Schema`);
  }
}

function inner(codec: Codec): JsonSchema {
  if (codec.type === undefined) throw new Error(`the io-ts codec ${codec.name} has no JSON Schema`);
  return ioTsJsonSchema(codec.type);
}

/** Structured output needs closed objects, so that the parts of an intersection become one object. */
function objectSchema(codec: Codec): JsonSchema {
  const properties = new Map<string, JsonSchema>();
  const required: string[] = [];
  for (const { _tag, props = {} } of objectParts(codec)) {
    for (const [key, value] of Object.entries(props)) properties.set(key, ioTsJsonSchema(value));
    if (_tag !== 'PartialType') required.push(...Object.keys(props));
  }
  return { type: 'object', properties: Object.fromEntries(properties), required, additionalProperties: false };
}

function objectParts(codec: Codec): readonly Codec[] {
  switch (codec._tag) {
    case 'InterfaceType':
    case 'PartialType':
    case 'StrictType':
      return [codec];
    case 'IntersectionType':
      return (codec.types ?? []).flatMap(objectParts);
    case 'ReadonlyType':
    case 'ExactType':
      return codec.type === undefined ? [] : objectParts(codec.type);
    default:
      throw new Error(`the io-ts codec ${codec.name} is not an object`);
  }
}
