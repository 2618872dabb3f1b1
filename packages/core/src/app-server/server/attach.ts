import { concat, from, mergeMap, Observable, ReplaySubject } from 'rxjs';
import { RequestError } from '../../errors/index.js';
import type { ThreadEvent } from '../../events/events.js';
import { mapSessionError } from '../thread/session-error.js';
import { type AppServer, hubs } from './app-server.js';
import type { ServerHub } from './server-hub.js';

/**
 * Emits what has happened on a thread of a running server, marked `replayed: true`, then what happens. Observes only:
 * it answers no request for approval, and unsubscribing stops nothing. Cold.
 *
 * Completed items are replayed, deltas are not. Errors with a `SessionError` for a thread that is unknown or ephemeral,
 * or has no turn; with an `RpcError` when the server is lost.
 *
 * @example
 * ```ts no-run
 * import { attach$, openAppServer } from '@codex-rx/core/app-server';
 *
 * const server = await openAppServer({ connect: { socketPath: '/run/codex.sock' } });
 * attach$(server, '01a205c4-69f5-7682-91b9-0f9fa5d429a7').subscribe({
 *   next: (event) => console.log(event.replayed === true ? 'before' : 'now', event.type),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function attach$(server: AppServer, threadId: string): Observable<ThreadEvent> {
  return new Observable((subscriber) => {
    const hub = hubs.get(server);
    if (hub === undefined) throw new RequestError('server', 'must come from openAppServer() or appServer$().');
    const release = observe(hub, threadId);
    const thread = hub.threads.open(threadId);
    // Events that arrive during the request come after the replay.
    // eslint-disable-next-line rxjs-x/no-ignored-replay-buffer -- every event counts
    const live$ = new ReplaySubject<ThreadEvent>();
    subscriber.add(thread.events.all$.subscribe(live$));
    subscriber.add(
      hub
        .request$('thread/resume', { threadId })
        .pipe(
          mapSessionError(threadId),
          mergeMap((result) => {
            const replayed = thread.replay(result.thread.turns).map((event) => ({ ...event, replayed: true }));
            return concat(from(replayed), live$);
          }),
        )
        .subscribe(subscriber),
    );
    subscriber.add(release);
  });
}

/** Marks a thread as observed, unless this client already uses it. Returns a function that ends this. */
function observe(hub: ServerHub, threadId: string): () => void {
  if (hub.findThread(threadId) !== undefined) return () => undefined;
  hub.threads.observe(threadId);
  return () => {
    hub.release(threadId);
    hub.request$('thread/unsubscribe', { threadId }).subscribe({ error: () => undefined });
  };
}
