import { cut, type Description, MAX_PATH_LENGTH, MAX_PROBLEM_LENGTH } from './describe-left.js';
import type { StandardIssue } from './output-schema.js';

/** Describes the problems that a Standard Schema reports: the first one, and the number of the others. */
export function describeIssues(issues: readonly StandardIssue[]): Description {
  const [first] = issues;
  if (first === undefined) return { path: '', problem: 'the schema rejected the value' };
  const keys = (first.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
  const more = issues.length > 1 ? ` (and ${String(issues.length - 1)} more)` : '';
  return { path: cut(keys.join('.'), MAX_PATH_LENGTH), problem: `${cut(first.message, MAX_PROBLEM_LENGTH)}${more}` };
}
