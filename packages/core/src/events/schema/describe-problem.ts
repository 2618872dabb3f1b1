import type { Schema } from './schema.js';

/** The location and the description of a problem; never the value itself, which may be long or secret. */
export interface Problem {
  /** Such as `item.changes.0.path`; empty for the value itself. */
  readonly path: string;
  readonly problem: string;
}

/** Describes the first part of a value that `schema` does not accept. */
export function describeProblem(schema: Schema<unknown>, value: unknown): Problem {
  const failure = schema.failures(value, [])[0];
  if (failure === undefined) return { path: '', problem: 'not acceptable' };
  const path = failure.path.map(({ key }) => key).join('.');
  return { path, problem: `expected ${failure.expected}, found ${describeValue(failure.value)}` };
}

/** Describes a value by its type alone. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' && !Number.isInteger(value)) return 'a number that is not an integer';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
