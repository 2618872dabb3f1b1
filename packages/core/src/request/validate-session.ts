import { RequestError } from '../errors/index.js';
import { checkArgument, checkBoolean } from './checks.js';
import { isTable } from './is-table.js';
import type { ResumeRequest } from './types.js';

/** Checks which session a request resumes. @throws RequestError */
export function checkSession(session: unknown, workingDirectory: string | undefined): void {
  if (!isTable(session)) {
    checkSessionId('session', session);
    return;
  }
  if (session.last !== true) throw new RequestError('session', 'must be a thread id, a name, or { last: true }.');
  if (session.all !== undefined) checkBoolean('session.all', session.all);
  if (session.all !== true && workingDirectory === undefined) {
    throw new RequestError(
      'session',
      'needs "workingDirectory" for { last: true }, which covers one folder. Set it, or use { last: true, all: true }.',
    );
  }
}

/** Checks an id or a name. @throws RequestError */
export function checkSessionId(field: string, value: unknown): void {
  checkArgument(field, value);
  if (value === '-')
    throw new RequestError(field, 'must not be "-", which means stdin to the CLI. Use a thread id or a name.');
}

/** Since 0.113 the CLI accepts the flag, and still appends the turn to the session. */
export function rejectEphemeral(request: ResumeRequest): void {
  if (request.ephemeral === true) {
    throw new RequestError(
      'ephemeral',
      'has no effect on resume$: the CLI would store the turn. Use fork$, which does not change the session, or set it to false.',
    );
  }
}
