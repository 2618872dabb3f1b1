import * as t from 'io-ts';
import type { Schema, SchemaFailure } from '../events/schema/schema.js';

/**
 * Creates the io-ts codec of a schema. Decoding returns the value itself, unchanged: unknown fields survive, and
 * missing fields differ from `null`.
 */
export function createCodec<A>(schema: Schema<A>): t.Type<A> {
  return new t.Type<A>(
    schema.name,
    schema.is,
    (u, context) => {
      const failures = schema.failures(u, []);
      return failures.length === 0
        ? t.success(u as A)
        : t.failures(failures.map((failure) => toError(failure, context)));
    },
    t.identity,
  );
}

function toError({ path, value, message }: SchemaFailure, context: t.Context): t.ValidationError {
  const steps = path.map((step) => ({ key: step.key, type: createCodec(step.schema), actual: step.value }));
  return { value, context: [...context, ...steps], ...(message === undefined ? {} : { message }) };
}
