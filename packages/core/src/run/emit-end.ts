import { secretsOf } from '../process/environment.js';
import type { AnyRunRequest } from '../request/types.js';
import { redactError } from '../secrets/redact-error.js';
import type { RunContext } from './run-context.js';
import type { FinishedRun } from './run-result.js';

/**
 * Emits `exited` and ends the Observable of a run.
 *
 * @param env the environment of the run, if it is known: errors do not contain its secrets
 */
export function emitEnd(
  { subscriber }: RunContext,
  { reason, exited }: FinishedRun,
  { env }: AnyRunRequest,
  known: Readonly<Record<string, string | undefined>> = { ...process.env, ...env },
): void {
  if (exited !== undefined && !subscriber.closed) subscriber.next(exited);
  // The handler of `exited` may unsubscribe.
  if (subscriber.closed) return;
  if (reason.kind === 'error') subscriber.error(redactError(reason.error, secretsOf(known)));
  else subscriber.complete();
}
