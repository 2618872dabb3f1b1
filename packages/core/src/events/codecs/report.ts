import type * as t from 'io-ts';

/** What is wrong with a value, and where; never the value itself, which may be long or secret. */
export interface Problem {
  /** Such as `item.changes.0.path`; empty for the value itself. */
  readonly path: string;
  readonly problem: string;
}

/** The first thing that is wrong with a value that `codec` does not accept. */
export function describeProblem(codec: t.Mixed, value: unknown): Problem {
  const result = codec.decode(value);
  const error = result._tag === 'Left' ? result.left[0] : undefined;
  if (error === undefined) return { path: '', problem: 'not acceptable' };
  const path = error.context
    .map((entry) => entry.key)
    .filter((key) => key !== '')
    .join('.');
  const expected = error.message ?? error.context.at(-1)?.type.name ?? 'something else';
  return { path, problem: `expected ${expected}, found ${kindOf(error.value)}` };
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' && !Number.isInteger(value)) return 'a number that is not an integer';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
