import { Observable } from 'rxjs';
import { trackPending } from '../../process/pending-runs.js';

/** Something that stays open until it is closed. */
export interface OpenedResource<H extends object> {
  readonly handle: H;
  /** Settles when it has ended, by itself or closed; rejects if it failed. */
  readonly ended: Promise<void>;
  readonly close: () => Promise<void>;
}

export type OpenResource<H extends object> = (signal: AbortSignal) => Promise<OpenedResource<H>>;

/**
 * Emits the handle once it is ready, completes when it ends by itself, errors if it fails, closes it when
 * unsubscribed. Cold.
 */
export function resource$<H extends object>(open: OpenResource<H>): Observable<H> {
  return new Observable<H>((subscriber) => {
    const leaving = new AbortController();
    const living = (async () => {
      const opened = await open(leaving.signal);
      subscriber.next(opened.handle);
      await opened.ended;
      subscriber.complete();
    })();
    trackPending(
      living.catch((error: unknown) => {
        subscriber.error(error);
      }),
    );
    return () => {
      leaving.abort();
    };
  });
}

/** The same as a promise of a handle, to be disposed. */
export async function openResource<H extends object>(
  open: OpenResource<H>,
  signal: AbortSignal | undefined,
): Promise<H & AsyncDisposable> {
  const { handle, ended, close } = await open(signal ?? new AbortController().signal);
  // The handle reports the end as `exited`.
  ended.catch(() => undefined);
  return Object.assign(handle, { [Symbol.asyncDispose]: close });
}
