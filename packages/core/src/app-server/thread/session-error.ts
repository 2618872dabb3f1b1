import { catchError, type MonoTypeOperatorFunction, throwError } from 'rxjs';
import { isCodexError, SessionError } from '../../errors/index.js';
import { toSessionError } from '../../outcome/run-outcome.js';

/** Replaces an error of the server about a missing, archived or busy thread by a `SessionError`. */
export function mapSessionError<T>(threadId: string): MonoTypeOperatorFunction<T> {
  return catchError((error: unknown) => throwError(() => sessionError(threadId, error)));
}

/** The server says only in a text that a session is missing, archived or in use. */
function sessionError(session: string, error: unknown): unknown {
  if (!isCodexError(error, 'RPC_ERROR')) return error;
  const known = toSessionError(session, error.message);
  const isMissing =
    known?.code === 'SESSION_NOT_FOUND' || /invalid (session|thread) id|thread not found/.test(error.message);
  if (!isMissing) return known ?? error;
  const advice = 'Check its id (not its name; see thread.list$()) and "codexHome".';
  const problem = `There is no session ${JSON.stringify(session)}. ${advice}`;
  return new SessionError('SESSION_NOT_FOUND', session, problem, { cause: error });
}
