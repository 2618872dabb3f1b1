import { isDeepStrictEqual } from 'node:util';
import type { ThreadSettings } from './settings.js';

/** From safe to unsafe. */
const SANDBOXES: readonly string[] = ['readOnly', 'workspaceWrite', 'externalSandbox', 'dangerFullAccess'];
/** From many questions to none. */
const POLICIES: readonly unknown[] = ['untrusted', 'on-request', 'on-failure', 'never'];

/** Whether `actual` lets the agent do more, or asks less, than `requested`. An unknown value counts as less safe. */
export function isLessSafe(actual: ThreadSettings, requested: ThreadSettings): boolean {
  return (
    isHigher(SANDBOXES, actual.sandboxPolicy.type, requested.sandboxPolicy.type) ||
    isHigher(POLICIES, actual.approvalPolicy, requested.approvalPolicy)
  );
}

function isHigher(order: readonly unknown[], actual: unknown, requested: unknown): boolean {
  if (isDeepStrictEqual(actual, requested)) return false;
  const [at, limit] = [order.indexOf(actual), order.indexOf(requested)];
  return at === -1 || limit === -1 || at > limit;
}

/** Returns one sentence for each setting that the server did not take over, or `undefined`. */
export function describeDifferences(actual: ThreadSettings, requested: ThreadSettings): string | undefined {
  const names = Object.keys(requested) as (keyof ThreadSettings)[];
  const differences = names
    .filter((name) => requested[name] !== undefined && !isDeepStrictEqual(actual[name], requested[name]))
    .map((name) => `${name}: ${show(actual[name])} instead of ${show(requested[name])}`);
  return differences.length === 0 ? undefined : differences.join('; ');
}

function show(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined ? 'the default' : JSON.stringify(value);
}
