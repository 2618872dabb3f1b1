import { RequestError } from '../errors/index.js';
import { errorMessage } from '../util/error-message.js';
import { describeValue } from './checks.js';
import { ioTsJsonSchema, isIoTsCodec } from './io-ts-schema.js';
import { isTable } from './is-table.js';

/** The part of Standard JSON Schema that is used. */
interface Convertible {
  readonly '~standard'?: {
    readonly jsonSchema?: { readonly input?: (options: { readonly target: string }) => unknown };
  };
  readonly toJSONSchema?: () => unknown;
  readonly toJsonSchema?: () => unknown;
}

/**
 * Returns the JSON Schema of an `outputSchema`: a JSON Schema itself, or a schema of a library that can convert it
 * (Standard JSON Schema: zod ≥ 4.2, ArkType; zod ≥ 4.1; io-ts codecs of plain data).
 *
 * @throws RequestError
 */
export function toJsonSchema(field: string, schema: unknown): object {
  const json = convert(field, schema);
  if (!isTable(json)) {
    const problem = 'must be a JSON Schema as a plain object, its path, or a schema that can be converted to one';
    throw new RequestError(field, `${problem}, got ${describeValue(schema)}.`);
  }
  return json === schema ? json : (closed(json) as object);
}

/** Keywords whose values are data. */
const DATA = new Set(['const', 'enum', 'default', 'examples']);

/** Structured output needs objects without further properties. A library that describes input leaves them open. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isTable(schema)) return schema;
  const entries = Object.entries(schema)
    .filter(([key]) => key !== '$schema')
    .map(([key, value]) => [key, DATA.has(key) ? value : closed(value)]);
  const isOpen = isTable(schema.properties) && schema.additionalProperties === undefined;
  return { ...Object.fromEntries(entries), ...(isOpen && { additionalProperties: false }) };
}

function convert(field: string, schema: unknown): unknown {
  if (isTable(schema) && !('~standard' in schema)) return schema;
  if ((typeof schema !== 'object' && typeof schema !== 'function') || schema === null) return undefined;
  const { '~standard': standard, toJSONSchema, toJsonSchema: toJsonSchemaOfArkType } = schema as Convertible;
  try {
    if (typeof standard?.jsonSchema?.input === 'function')
      return standard.jsonSchema.input({ target: 'draft-2020-12' });
    if (typeof toJSONSchema === 'function') return toJSONSchema.call(schema);
    if (typeof toJsonSchemaOfArkType === 'function') return toJsonSchemaOfArkType.call(schema);
    if (isIoTsCodec(schema)) return ioTsJsonSchema(schema);
  } catch (error) {
    throw new RequestError(field, `cannot be converted to a JSON Schema: ${firstLine(error)}. Give a JSON Schema.`);
  }
  if (standard === undefined) return undefined;
  const problem = 'cannot be converted to a JSON Schema, because its library does not implement Standard JSON Schema';
  throw new RequestError(field, `${problem}. Give a JSON Schema.`);
}

function firstLine(error: unknown): string {
  return (errorMessage(error).split('\n', 1)[0] ?? '').replace(/\.$/, '');
}
