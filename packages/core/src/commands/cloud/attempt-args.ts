import { checkInteger } from '../../request/checks.js';

/** `--attempt N`, counted from 1. */
export function attemptArgs(attempt: number | undefined): string[] {
  if (attempt === undefined) return [];
  checkInteger('attempt', attempt, [1, 1000]);
  return ['--attempt', String(attempt)];
}
