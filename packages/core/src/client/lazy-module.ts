import { Observable } from 'rxjs';
import { trackPending } from '../process/pending-runs.js';

/** A module that is loaded when it is first used. */
export interface LazyModule<M> {
  load(): Promise<M>;
  /** Subscribes to an Observable that the module creates; synchronously if the module has been loaded before. */
  defer$<T>(create$: (module: M) => Observable<T>, signal?: AbortSignal): Observable<T>;
}

/** Keeps the import time of the package low: a module that most programs do not need is loaded on first use. */
export function lazyModule<M>(importModule: () => Promise<M>): LazyModule<M> {
  let loaded: M | undefined;
  const load = async (): Promise<M> => {
    loaded ??= await importModule();
    return loaded;
  };
  return {
    load,
    defer$: (create$, signal) =>
      new Observable((subscriber) => {
        if (loaded !== undefined) return create$(loaded).subscribe(subscriber);
        const subscribed = load().then((module) => {
          if (!subscriber.closed) create$(module).subscribe(subscriber);
        });
        // `whenIdle()` also waits for a command whose module is still loading.
        trackPending(
          subscribed.catch((error: unknown) => {
            subscriber.error(error);
          }),
          signal,
        );
        return undefined;
      }),
  };
}
