import { type Fields, isObject } from './fields.js';
import { failuresAt, type Schema, type SchemaFailure, type SchemaStep, string, type TypeOf } from './schema.js';

/** The schemas of fields, by name. */
export type Props = Readonly<Record<string, Schema<unknown>>>;

type Flat<T> = { readonly [K in keyof T]: T[K] };

/** The object that a `shape()` describes: every field of `R`, perhaps some of `O`, and any other field. */
type ShapeOf<R extends Props, O extends Props> = Flat<
  { readonly [K in keyof R]: TypeOf<R[K]> } & { readonly [K in keyof O]?: TypeOf<O[K]> }
>;

export interface ShapeSchema<R extends Props, O extends Props> extends Schema<ShapeOf<R, O>> {
  readonly kind: 'shape';
  readonly required: R;
  readonly optional: O;
}

/**
 * An object with required and optional fields. Fields that are not listed pass. An optional field may be missing, but
 * not `null`.
 */
export function shape<R extends Props, O extends Props>(name: string, required: R, optional: O): ShapeSchema<R, O> {
  const field =
    (isOptional: boolean) =>
    ([key, schema]: [string, Schema<unknown>]) => ({ key, schema, isOptional });
  const fields = [...Object.entries(required).map(field(false)), ...Object.entries(optional).map(field(true))];

  const is = (u: unknown): u is ShapeOf<R, O> => {
    if (!isObject(u)) return false;
    for (const field of fields) {
      const value = u[field.key];
      if (value === undefined ? !field.isOptional : !field.schema.is(value)) return false;
    }
    return true;
  };

  const failures = (u: unknown, path: readonly SchemaStep[]): readonly SchemaFailure[] => {
    if (!isObject(u)) return [{ path, value: u, expected: name }];
    return fields.flatMap(({ key, schema, isOptional }) => {
      const value = u[key];
      if (value !== undefined) return failuresAt(schema, key, value, path);
      return isOptional ? [] : [{ path: [...path, { key, schema, value }], value, expected: schema.name }];
    });
  };

  return { kind: 'shape', name, required, optional, is, failures };
}

export interface TaggedSchema<A> extends Schema<A> {
  readonly kind: 'tagged';
  readonly tag: string;
  readonly members: ReadonlyMap<string, Schema<unknown>>;
}

/**
 * One of several objects, distinguished by the string in `tag`. Only the member that the tag names is checked and
 * reported.
 *
 * `isCommon` accepts frequent values without a look at the members.
 */
export function tagged<A>(
  name: string,
  tag: string,
  members: Readonly<Record<string, Schema<unknown>>>,
  isCommon: (u: Fields) => boolean = () => false,
): TaggedSchema<A> {
  const byTag = new Map(Object.entries(members));
  const failures = (u: unknown, path: readonly SchemaStep[]): readonly SchemaFailure[] => {
    if (!isObject(u)) return [{ path, value: u, expected: name }];
    const value = u[tag];
    const member = byTag.get(value as string);
    if (member !== undefined) return member.failures(u, path);
    const expected = `a known ${tag}`;
    return [{ path: [...path, { key: tag, schema: string, value }], value, expected, message: expected }];
  };
  return {
    kind: 'tagged',
    name,
    tag,
    members: byTag,
    is: (u): u is A => isObject(u) && (isCommon(u) || (byTag.get(u[tag] as string)?.is(u) ?? false)),
    failures,
  };
}
