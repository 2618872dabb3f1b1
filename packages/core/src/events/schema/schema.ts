import { isObject } from './fields.js';

/** One key on the way from a value to a part, and the schema of the part. */
export interface SchemaStep {
  readonly key: string;
  readonly schema: Schema<unknown>;
  readonly value: unknown;
}

/** A part of a value that does not match its schema. */
export interface SchemaFailure {
  readonly path: readonly SchemaStep[];
  readonly value: unknown;
  /** The name of what was expected. */
  readonly expected: string;
  /** Replaces the usual message of a codec. */
  readonly message?: string;
}

/**
 * Describes a type at run time. `@codex-rx/core/codecs` makes io-ts codecs of schemas; decoding uses schemas only,
 * because loading io-ts takes as long as loading everything else that a run needs.
 */
export interface Schema<A> {
  readonly kind: string;
  readonly name: string;
  readonly is: (u: unknown) => u is A;
  /** Returns every part of the value that does not match; empty if the value does. `path` leads to the value. */
  readonly failures: (u: unknown, path: readonly SchemaStep[]) => readonly SchemaFailure[];
}

export type TypeOf<S> = S extends Schema<infer A> ? A : never;

/** A schema without parts. */
export interface PlainSchema<A> extends Schema<A> {
  readonly kind: 'string' | 'boolean' | 'integer' | 'finite' | 'unknown' | 'record';
}

function plain<A>(kind: PlainSchema<A>['kind'], name: string, is: (u: unknown) => u is A): PlainSchema<A> {
  return { kind, name, is, failures: (u, path) => (is(u) ? [] : [{ path, value: u, expected: name }]) };
}

export const string = plain('string', 'string', (u): u is string => typeof u === 'string');
export const boolean = plain('boolean', 'boolean', (u): u is boolean => typeof u === 'boolean');
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- a type predicate names its parameter
export const unknown = plain('unknown', 'unknown', (u): u is unknown => true);
export const unknownRecord = plain('record', 'UnknownRecord', isObject);

/** A finite number without a fraction: token counts, exit codes. */
export const integer = plain('integer', 'integer', (u): u is number => Number.isInteger(u));

/** A finite number: `1e999` in JSON becomes `Infinity`, which JSON cannot represent. */
export const finite = plain('finite', 'number', (u): u is number => Number.isFinite(u));

export interface LiteralSchema<V extends string> extends Schema<V> {
  readonly kind: 'literal';
  readonly value: V;
}

export function literal<V extends string>(value: V): LiteralSchema<V> {
  const name = JSON.stringify(value);
  const is = (u: unknown): u is V => u === value;
  return {
    kind: 'literal',
    name,
    value,
    is,
    failures: (u, path) => (is(u) ? [] : [{ path, value: u, expected: name }]),
  };
}

export interface OneOfSchema<V extends string> extends Schema<V> {
  readonly kind: 'oneOf';
  readonly values: readonly V[];
}

/** One of these strings and no other. */
export function oneOf<V extends string>(...values: readonly V[]): OneOfSchema<V> {
  const name = values.map((value) => JSON.stringify(value)).join(' | ');
  const is = (u: unknown): u is V => (values as readonly unknown[]).includes(u);
  return {
    kind: 'oneOf',
    name,
    values,
    is,
    failures: (u, path) => (is(u) ? [] : [{ path, value: u, expected: name }]),
  };
}

export interface OpenStringSchema<V extends string> extends Schema<V | (string & {})> {
  readonly kind: 'openString';
  readonly known: readonly V[];
}

/** Any string. Lists the known values, because a later version of the CLI may add one. */
export function openString<V extends string>(...known: readonly V[]): OpenStringSchema<V> {
  return { ...string, kind: 'openString', known, is: string.is };
}

export interface NullableSchema<A> extends Schema<A | null> {
  readonly kind: 'nullable';
  readonly inner: Schema<A>;
}

export function nullable<A>(inner: Schema<A>): NullableSchema<A> {
  const { is } = inner;
  return {
    kind: 'nullable',
    name: `${inner.name} or null`,
    inner,
    is: (u): u is A | null => u === null || is(u),
    failures: (u, path) => (u === null ? [] : inner.failures(u, path)),
  };
}

export interface ListSchema<A> extends Schema<readonly A[]> {
  readonly kind: 'list';
  readonly inner: Schema<A>;
}

export function list<A>(inner: Schema<A>, name = `ReadonlyArray<${inner.name}>`): ListSchema<A> {
  return {
    kind: 'list',
    name,
    inner,
    is: (u): u is readonly A[] => Array.isArray(u) && u.every(inner.is),
    failures: (u, path) =>
      Array.isArray(u)
        ? u.flatMap((value: unknown, index) => failuresAt(inner, String(index), value, path))
        : [{ path, value: u, expected: name }],
  };
}

export interface DictionarySchema<A> extends Schema<Readonly<Record<string, A>>> {
  readonly kind: 'dictionary';
  readonly inner: Schema<A>;
}

/** An object with any keys and values of one type. */
export function dictionary<A>(inner: Schema<A>): DictionarySchema<A> {
  const name = `{ [K in string]: ${inner.name} }`;
  return {
    kind: 'dictionary',
    name,
    inner,
    is: (u): u is Readonly<Record<string, A>> => isObject(u) && Object.values(u).every(inner.is),
    failures: (u, path) =>
      isObject(u)
        ? Object.entries(u).flatMap(([key, value]) => failuresAt(inner, key, value, path))
        : [{ path, value: u, expected: name }],
  };
}

export interface UnionSchema<A> extends Schema<A> {
  readonly kind: 'union';
  readonly members: readonly Schema<A>[];
}

export function union<A>(name: string, ...members: readonly Schema<A>[]): UnionSchema<A> {
  const is = (u: unknown): u is A => members.some((member) => member.is(u));
  return {
    kind: 'union',
    name,
    members,
    is,
    failures: (u, path) => (is(u) ? [] : [{ path, value: u, expected: name }]),
  };
}

/** The failures of the part of a value at `key`. */
export function failuresAt(
  schema: Schema<unknown>,
  key: string,
  value: unknown,
  path: readonly SchemaStep[],
): readonly SchemaFailure[] {
  return schema.failures(value, [...path, { key, schema, value }]);
}
