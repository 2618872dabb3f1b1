import { Observable } from 'rxjs';
import { AbortError } from '../../errors/index.js';
import { trackPending } from '../../process/pending-runs.js';
import { onAbort } from '../../util/on-abort.js';
import { validateServerOptions } from '../options/validate-options.js';
import { type AppServer, createAppServer } from './app-server.js';
import type { AppServerOptions } from './options.js';
import { ServerHub } from './server-hub.js';

/**
 * Opens an app-server, emits it when it is ready, and closes it when unsubscribed. Cold: each subscription opens one.
 *
 * Completes when the server is closed by `close()`. Errors with an `RpcError` (`SERVER_EXITED` with its stderr,
 * `CONNECTION_LOST`) when the server is lost, with an `AbortError` when `signal` is aborted, and with the errors of
 * finding and spawning the CLI. `firstValueFrom` closes the server: use `openAppServer`.
 *
 * @example
 * ```ts
 * import { appServer$ } from '@codex-rx/core/app-server';
 * import { mergeMap, takeWhile } from 'rxjs';
 *
 * appServer$()
 *   .pipe(
 *     mergeMap((server) => server.exec$({ prompt: 'Say hello.', workingDirectory: '.', sandbox: 'read-only' })),
 *     takeWhile(({ type }) => type !== 'turn.completed', true),
 *   )
 *   .subscribe({
 *     next: (event) => console.log(event.type),
 *     error: (error) => console.error(String(error)),
 *   });
 * ```
 */
export function appServer$(options: AppServerOptions = {}): Observable<AppServer> {
  return new Observable((subscriber) => {
    const leaving = new AbortController();
    const living = serve(options, leaving.signal, (server) => {
      subscriber.next(server);
    });
    const settled = living.then(
      () => {
        subscriber.complete();
      },
      (error: unknown) => {
        subscriber.error(error);
      },
    );
    trackPending(settled, options.signal);
    return () => {
      leaving.abort();
    };
  });
}

/**
 * The same as a promise of a server, to be disposed. Rejects as `appServer$` errors.
 *
 * @example
 * ```ts
 * import { openAppServer } from '@codex-rx/core/app-server';
 * import { lastValueFrom, toArray } from 'rxjs';
 *
 * await using server = await openAppServer();
 * const events$ = server.exec$({ prompt: 'Say hello.', workingDirectory: '.', sandbox: 'read-only' });
 * console.log((await lastValueFrom(events$.pipe(toArray()))).length);
 * ```
 */
export async function openAppServer(options: AppServerOptions = {}): Promise<AppServer & AsyncDisposable> {
  validateServerOptions(options);
  const hub = new ServerHub(options);
  const { signal = new AbortController().signal } = options;
  await open(hub, signal);
  const unfollow = onAbort(signal, () => void hub.close());
  void hub.ended.finally(unfollow);
  const server = createAppServer(hub, options);
  return Object.assign(server, { [Symbol.asyncDispose]: () => hub.close() });
}

/** Resolves when the server has been closed, rejects when it was lost. */
async function serve(
  options: AppServerOptions,
  leaving: AbortSignal,
  onReady: (server: AppServer) => void,
): Promise<void> {
  validateServerOptions(options);
  const hub = new ServerHub(options);
  const signal = options.signal === undefined ? leaving : AbortSignal.any([options.signal, leaving]);
  await open(hub, signal);
  const unfollow = onAbort(signal, () => void hub.close());
  onReady(createAppServer(hub, options));
  const error = await hub.ended;
  unfollow();
  if (options.signal?.aborted === true) throw new AbortError(options.signal.reason);
  if (error !== undefined) throw error;
}

async function open(hub: ServerHub, signal: AbortSignal): Promise<void> {
  if (signal.aborted) throw new AbortError(signal.reason);
  await hub.open(signal);
}
