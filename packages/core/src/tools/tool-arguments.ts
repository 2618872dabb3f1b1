type Schema = Readonly<Record<string, unknown>>;

/** The value that a JSON Schema describes, as far as its types show it; `unknown` for everything else. */
type FromJsonSchema<S> = S extends { readonly const: infer C }
  ? C
  : S extends { readonly enum: readonly (infer E)[] }
    ? E
    : S extends { readonly type: 'string' }
      ? string
      : S extends { readonly type: 'number' | 'integer' }
        ? number
        : S extends { readonly type: 'boolean' }
          ? boolean
          : S extends { readonly type: 'null' }
            ? null
            : S extends { readonly type: 'array'; readonly items: infer I }
              ? readonly FromJsonSchema<I>[]
              : S extends { readonly type: 'object'; readonly properties: infer P extends Schema }
                ? FromProperties<P, S extends { readonly required: readonly (infer R)[] } ? R : never>
                : unknown;

type FromProperties<P extends Schema, Required> = {
  readonly [K in keyof P as K extends Required ? K : never]: FromJsonSchema<P[K]>;
} & { readonly [K in keyof P as K extends Required ? never : K]?: FromJsonSchema<P[K]> };

/**
 * The arguments of a tool: the output of a Standard Schema, the type of an io-ts codec, or what a JSON Schema that is
 * written in place describes.
 */
export type ToolArguments<P> = P extends {
  readonly '~standard': { readonly types?: { readonly output: infer O } | undefined };
}
  ? O
  : P extends { readonly _A: infer A }
    ? A
    : P extends { readonly type: 'object'; readonly properties: Schema }
      ? FromJsonSchema<P>
      : Readonly<Record<string, unknown>>;
