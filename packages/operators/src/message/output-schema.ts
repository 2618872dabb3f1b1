/** As `Either` of fp-ts, which is not needed. */
export type EitherLike<A> =
  | { readonly _tag: 'Left'; readonly left: unknown }
  | { readonly _tag: 'Right'; readonly right: A };

/** A codec of io-ts. */
export interface CodecLike<A> {
  /** Validates a value. */
  readonly decode: (value: unknown) => EitherLike<A>;
}

/** A problem that a Standard Schema reports. */
export interface StandardIssue {
  /** The problem. */
  readonly message: string;
  /** The location in the value: keys, or objects with a key. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The result of a Standard Schema: a value, or the problems. */
export type StandardResult<A> =
  | { readonly value: A; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** A schema of zod, valibot, ArkType or another library that implements Standard Schema. */
export interface StandardSchemaLike<A> {
  /** The interface of Standard Schema. */
  readonly '~standard': { readonly validate: (value: unknown) => StandardResult<A> | Promise<StandardResult<A>> };
}

/**
 * A schema for `finalOutput()`: a Standard Schema, an io-ts codec, or a function that returns the value or an Either,
 * or throws.
 */
export type OutputDecoder<A> =
  | StandardSchemaLike<A>
  | CodecLike<A>
  | ((value: unknown) => EitherLike<A>)
  | ((value: unknown) => A);

// A schema of ArkType is a function with properties, and one of zod has a method `decode`.
export function isStandardSchema<A>(schema: OutputDecoder<A>): schema is StandardSchemaLike<A> {
  return typeof (schema as Partial<StandardSchemaLike<A>> | null)?.['~standard']?.validate === 'function';
}

export function isCodec<A>(schema: OutputDecoder<A>): schema is CodecLike<A> {
  return typeof schema === 'object' && typeof (schema as Partial<CodecLike<A>> | null)?.decode === 'function';
}

export function isEither<A>(value: A | EitherLike<A>): value is EitherLike<A> {
  if (typeof value !== 'object' || value === null) return false;
  const { _tag, ...rest } = value as { readonly _tag?: unknown };
  return (_tag === 'Left' && 'left' in rest) || (_tag === 'Right' && 'right' in rest);
}
