import type * as t from 'io-ts';
import { describeValue, type Problem } from '../events/schema/describe-problem.js';

/** Describes the first part of a value that an io-ts codec does not accept. */
export function describeProblem(codec: t.Mixed, value: unknown): Problem {
  const result = codec.decode(value);
  const error = result._tag === 'Left' ? result.left[0] : undefined;
  if (error === undefined) return { path: '', problem: 'not acceptable' };
  const path = error.context
    .map((entry) => entry.key)
    .filter((key) => key !== '')
    .join('.');
  const expected = error.message ?? error.context.at(-1)?.type.name ?? 'something else';
  return { path, problem: `expected ${expected}, found ${describeValue(error.value)}` };
}
