import { isDeepStrictEqual } from 'node:util';
import { defer, map, type Observable, of } from 'rxjs';
import { CapabilityError } from '../../errors/index.js';
import { isLessSafe } from './compare-settings.js';
import type { ThreadHub } from './thread-hub.js';

/**
 * Makes the server use the settings of a thread for turns that are started without any: reviews and goals. Those of an
 * earlier turn stay otherwise, and a thread that was loaded before keeps what it was loaded with.
 *
 * Errors with a `CapabilityError` if the server would use less safe settings and cannot change them
 */
export function applySettings$(thread: ThreadHub, option: string): Observable<void> {
  const { id: threadId, server, settings } = thread;
  const { requested } = settings;
  const done$: Observable<void> = of(undefined);
  // Compared on subscribe: a turn before may have changed them.
  return defer(() => {
    const { applied } = settings;
    if (requested === undefined || isDeepStrictEqual(applied, requested)) return done$;
    if (server.supports('thread/settings/update'))
      return server.request$('thread/settings/update', { threadId, ...requested }).pipe(
        map(() => {
          settings.applied = requested;
        }),
      );
    if (applied !== undefined && !isLessSafe(applied, requested)) return done$;
    const { version } = server.info;
    const since = { since: '0.144.6', canOmit: false };
    throw new CapabilityError(`${option} on a thread with other settings`, version, since);
  });
}
