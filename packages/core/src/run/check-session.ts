import type { SessionError } from '../errors/index.js';
import type { ThreadStartedEvent } from '../events/events.js';
import { sessionNotFound } from '../outcome/session-not-found.js';
import { isThreadId } from '../request/thread-id.js';
import type { AnyRunRequest } from '../request/types.js';

/** Milliseconds since 1970 in an id that is a UUID of version 7, which thread ids are. */
function createdAt(id: string): number | undefined {
  return isThreadId(id) && id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : undefined;
}

/** How a session reads in messages. */
export function sessionName(request: AnyRunRequest): string | undefined {
  if (request.command !== 'resume' && request.command !== 'fork') return undefined;
  return typeof request.session === 'string' ? request.session : '--last';
}

/**
 * Returns whether the started thread is the requested thread. The CLI silently starts a new thread for an unknown name,
 * for `--last` without a match and, up to 0.110, for an unknown id. Compares an id with the request. For a name or
 * `--last`, compares the time of creation, which the thread's id contains, with the start of the process.
 *
 * @param spawnedAt milliseconds since 1970, just before the process was started
 */
function isResumed(session: string | object, threadId: string, spawnedAt: number): boolean {
  if (typeof session === 'string' && isThreadId(session)) return session.toLowerCase() === threadId.toLowerCase();
  const created = createdAt(threadId);
  return created === undefined || created < spawnedAt;
}

/** Returns the event with the run's `forked_from` or `resumed`, or the error that must end the run. */
export function checkSession(
  request: AnyRunRequest,
  event: ThreadStartedEvent,
  spawnedAt: number,
): ThreadStartedEvent | SessionError {
  if (request.command === 'fork') return { ...event, forked_from: request.session };
  if (request.command !== 'resume') return event;
  if (isResumed(request.session, event.thread_id, spawnedAt)) return { ...event, resumed: true };
  if (request.onMissing === 'new') return event;
  const name = sessionName(request) ?? '';
  return sessionNotFound(name, { startedThreadId: event.thread_id });
}
