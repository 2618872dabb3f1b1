import { type ExecRequest, exec$, type ThreadEvent, version$, watchBinary$ } from '@codex-rx/core';
import { concatMap, type Observable, switchMap, tap } from 'rxjs';

/**
 * The events of a request that is run with the binary at a path, and run again whenever another binary has taken its place there. The run
 * that was under way is unsubscribed, which ends its processes. Never completes.
 */
export function followBinary$(
  path: string,
  request: ExecRequest,
  onSwap: (version: string) => void,
): Observable<ThreadEvent> {
  return watchBinary$(path, { stableFor: 100, interval: 20 }).pipe(
    switchMap((binary) =>
      version$({ binary }).pipe(
        tap(({ version }) => {
          onSwap(version);
        }),
        concatMap(() => exec$({ ...request, binary })),
      ),
    ),
  );
}
