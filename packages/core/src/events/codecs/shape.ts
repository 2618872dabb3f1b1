import * as t from 'io-ts';
import type { OpenString } from '../items.js';
import { type Fields, isObject } from './fields.js';

type Flat<T> = { readonly [K in keyof T]: T[K] };

/** What a `shape()` describes: all of `R`, perhaps some of `O`, and whatever else the object holds. */
export type ShapeOf<R extends t.Props, O extends t.Props> = Flat<
  { readonly [K in keyof R]: t.TypeOf<R[K]> } & { readonly [K in keyof O]?: t.TypeOf<O[K]> }
>;

/**
 * An object with required and optional fields. Unlike `t.intersection([t.type, t.partial])` it looks at each field once, never copies
 * (so that unknown fields survive), and tells a missing field from one that is `null`.
 */
export class ShapeType<R extends t.Props, O extends t.Props> extends t.Type<ShapeOf<R, O>> {
  readonly _tag = 'ShapeType';
  readonly required: R;
  readonly optional: O;

  constructor(name: string, required: R, optional: O) {
    const field =
      (optional: boolean) =>
      ([key, codec]: [string, t.Mixed]) => ({ key, codec, optional });
    const fields = [...Object.entries(required).map(field(false)), ...Object.entries(optional).map(field(true))];

    const is = (u: unknown): u is ShapeOf<R, O> => {
      if (!isObject(u)) return false;
      for (const field of fields) {
        const value = u[field.key];
        if (value === undefined ? !field.optional : !field.codec.is(value)) return false;
      }
      return true;
    };

    const validate: t.Validate<unknown, ShapeOf<R, O>> = (u, context) => {
      if (!isObject(u)) return t.failure(u, context);
      const errors: t.Errors = [];
      for (const { key, codec, optional } of fields) {
        const value = u[key];
        if (value === undefined && optional) continue;
        const fieldContext = t.appendContext(context, key, codec, value);
        const result = value === undefined ? t.failure(value, fieldContext) : codec.validate(value, fieldContext);
        if (result._tag === 'Left') errors.push(...result.left);
      }
      return errors.length > 0 ? t.failures(errors) : t.success(u as ShapeOf<R, O>);
    };

    super(name, is, validate, t.identity);
    this.required = required;
    this.optional = optional;
  }
}

/** An object with the given required and optional fields; see `ShapeType`. */
export function shape<R extends t.Props, O extends t.Props>(name: string, required: R, optional: O): ShapeType<R, O> {
  return new ShapeType(name, required, optional);
}

/** Text with known values, none of which is enforced: a later CLI version may add one. */
export class OpenType<K extends string> extends t.Type<OpenString<K>> {
  readonly _tag = 'OpenType';
  readonly known: readonly K[];

  constructor(known: readonly K[]) {
    super('string', t.string.is, t.string.validate, t.identity);
    this.known = known;
  }
}

export function open<K extends string>(...known: readonly K[]): OpenType<K> {
  return new OpenType(known);
}

type Is<A> = (u: unknown) => u is A;

class CheckedType<T extends string> extends t.Type<number> {
  readonly _tag: T;

  constructor(tag: T, name: string, is: Is<number>) {
    super(name, is, (u, context) => (is(u) ? t.success(u) : t.failure(u, context)), t.identity);
    this._tag = tag;
  }
}

/** A finite number without a fraction: token counts, exit codes. */
export const integer: t.Type<number> = new CheckedType('IntegerType', 'integer', (u): u is number =>
  Number.isInteger(u),
);

/** A finite number: `1e999` in JSON becomes `Infinity`, which JSON cannot carry on. */
export const finite = new CheckedType('FiniteType', 'number', (u): u is number => Number.isFinite(u));

/** The value, or `null`. */
export class NullableType<C extends t.Mixed> extends t.Type<t.TypeOf<C> | null> {
  readonly _tag = 'NullableType';
  readonly type: C;

  constructor(type: C) {
    const { is } = type;
    super(
      `${type.name} or null`,
      (u): u is t.TypeOf<C> | null => u === null || is(u),
      (u, context) => (u === null ? t.success(null) : (type.validate(u, context) as t.Validation<t.TypeOf<C>>)),
      t.identity,
    );
    this.type = type;
  }
}

export function nullable<C extends t.Mixed>(type: C): NullableType<C> {
  return new NullableType(type);
}

/**
 * One of several objects, told apart by the text in `tag`; its `.is` and its reports look at the one that the tag names and at no other.
 *
 * `isCommon`, where there is one, accepts what is certainly right and frequent without a look at the members.
 */
export class TaggedType<A> extends t.Type<A> {
  readonly _tag = 'TaggedType';
  readonly tag: string;
  readonly members: ReadonlyMap<string, t.Mixed>;

  constructor(
    name: string,
    tag: string,
    members: Readonly<Record<string, t.Mixed>>,
    isCommon: (u: Fields) => boolean = () => false,
  ) {
    const byTag = new Map(Object.entries(members));
    super(
      name,
      (u): u is A => isObject(u) && (isCommon(u) || (byTag.get(u[tag] as string)?.is(u) ?? false)),
      (u, context) => {
        if (!isObject(u)) return t.failure(u, context);
        const value = u[tag];
        const member = byTag.get(value as string);
        if (member !== undefined) return member.validate(u, context) as t.Validation<A>;
        return t.failure(value, t.appendContext(context, tag, t.string, value), `a known ${tag}`);
      },
      t.identity,
    );
    this.tag = tag;
    this.members = byTag;
  }
}
