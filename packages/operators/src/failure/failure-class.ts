import { isCodexError } from '@codex-rx/core/errors';
import type { FailureCategory } from '@codex-rx/core/events';

/**
 * Why a run ended badly, as far as it matters for going on: the category of a failed turn or process, `crash` for a process that
 * panicked or ended for no known reason, `timeout` and `idle` for the errors of `timeout` and `idleTimeout()`.
 */
export type FailureClass = Exclude<FailureCategory, 'panic'> | 'crash' | 'timeout' | 'idle';

/** What may well not happen again. */
export const passingFailures: readonly FailureClass[] = ['crash', 'disconnected', 'overloaded', 'timeout', 'idle'];

/** The class of an error, or `undefined` for one that says nothing about a run. */
export function failureClass(error: unknown): FailureClass | undefined {
  if (!isCodexError(error)) return undefined;
  switch (error.code) {
    case 'TURN_FAILED':
      return error.category === 'panic' ? 'crash' : error.category;
    case 'EXIT':
      return error.category === 'panic' || error.category === 'unknown' ? 'crash' : error.category;
    case 'RUN_TIMEOUT':
      return 'timeout';
    case 'IDLE_TIMEOUT':
      return 'idle';
    default:
      return undefined;
  }
}

/** When the limit that a run has hit is lifted, where the CLI says it. */
export function resetOf(error: unknown): Date | undefined {
  return isCodexError(error, 'TURN_FAILED') || isCodexError(error, 'EXIT') ? error.resetsAt : undefined;
}
