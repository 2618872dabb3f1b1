import { isCodexError } from '@codex-rx/core/errors';
import type { FailureCategory } from '@codex-rx/core/events';

/**
 * Why a run failed: the category of a failed turn or process, `crash` for a process that panicked or exited for an
 * unknown reason, `timeout` and `idle` for the errors of the option `timeout` and of `idleTimeout()`. The exit of an
 * app-server is a `crash`, a lost connection is `disconnected`, a missing answer is a `timeout`.
 */
export type FailureClass = Exclude<FailureCategory, 'panic'> | 'crash' | 'timeout' | 'idle';

/** Transient failures, worth another attempt. */
export const TRANSIENT_FAILURES: readonly FailureClass[] = ['crash', 'disconnected', 'overloaded', 'timeout', 'idle'];

/** Returns the class of an error, or `undefined` for an error that is not about a run. */
export function failureClass(error: unknown): FailureClass | undefined {
  if (!isCodexError(error)) return undefined;
  switch (error.code) {
    case 'TURN_FAILED':
      return error.category === 'panic' ? 'crash' : error.category;
    case 'EXIT':
      return error.category === 'panic' || error.category === 'unknown' ? 'crash' : error.category;
    case 'SERVER_EXITED':
      return 'crash';
    case 'CONNECTION_LOST':
      return 'disconnected';
    case 'RUN_TIMEOUT':
    case 'RPC_TIMEOUT':
      return 'timeout';
    case 'IDLE_TIMEOUT':
      return 'idle';
    default:
      return undefined;
  }
}

/** Returns when the usage limit ends that failed a run, if the CLI reported it. */
export function resetTime(error: unknown): Date | undefined {
  return isCodexError(error, 'TURN_FAILED') || isCodexError(error, 'EXIT') ? error.resetsAt : undefined;
}
