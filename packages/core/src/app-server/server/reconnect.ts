import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from './connection.js';
import type { AppServerOptions } from './options.js';

const RECONNECT_DELAY_MS = 250;
const MAX_RECONNECT_DELAY_MS = 10_000;
/** A server that cannot be reached for longer is lost. */
const RECONNECT_LIMIT_MS = 120_000;

/**
 * Opens a connection again, with growing pauses. Resolves to `undefined` when the server cannot be reached, or the
 * signal is aborted. `isReferenced` returns whether the pauses keep the host process alive.
 */
export async function reconnect(
  open: () => Promise<Connection>,
  options: AppServerOptions['reconnect'],
  { signal, isReferenced }: { readonly signal: AbortSignal; readonly isReferenced: () => boolean },
): Promise<Connection | undefined> {
  const { delay: first = RECONNECT_DELAY_MS, maxDelay = MAX_RECONNECT_DELAY_MS } =
    options === false ? {} : (options ?? {});
  const limit = performance.now() + RECONNECT_LIMIT_MS;
  for (let pause = first; performance.now() < limit; pause = Math.min(pause * 2, maxDelay)) {
    await delay(pause, undefined, { signal, ref: isReferenced() }).catch(() => undefined);
    if (signal.aborted) return undefined;
    const connection = await open().catch(() => undefined);
    if (connection !== undefined) return connection;
  }
  return undefined;
}
