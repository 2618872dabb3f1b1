import { SessionError } from '../errors/index.js';

/** The error for a session that does not exist. */
export function sessionNotFound(
  session: string,
  details: { readonly startedThreadId?: string | undefined; readonly cause?: unknown } = {},
): SessionError {
  const instead =
    details.startedThreadId === undefined ? '' : ' The CLI started a new thread instead and was terminated.';
  const what = session === '--last' ? 'last session' : `session ${JSON.stringify(session)}`;
  const problem = `There is no ${what}.${instead} Check its id or name and "codexHome", or set "onMissing" to "new".`;
  return new SessionError('SESSION_NOT_FOUND', session, problem, details);
}
