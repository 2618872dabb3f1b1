import { type ExecRequest, exec$, type ThreadEvent, version$, watchBinary$ } from '@codex-rx/core';
import { hotSwap } from '@codex-rx/operators';
import { concatMap, type Observable, tap } from 'rxjs';

/**
 * The events of a request that is run with the binary at a path, and run again whenever another binary has taken its place there. The run
 * that was under way is ended before: the agent may be writing, and two agents must not write in one folder, so this is no case for
 * `switchMap`, which does not wait. Never completes.
 */
export function followBinary$(
  path: string,
  request: Omit<ExecRequest, 'binary' | 'signal'>,
  onSwap: (version: string) => void,
): Observable<ThreadEvent> {
  return watchBinary$(path, { stableFor: 100, interval: 20 }).pipe(
    hotSwap((binary, { signal }) =>
      version$({ binary, signal }).pipe(
        tap(({ version }) => {
          onSwap(version);
        }),
        concatMap(() => exec$({ ...request, binary, signal })),
      ),
    ),
  );
}
