import { type ExecRequest, exec$, type ThreadEvent, watchBinary$ } from '@codex-rx/core';
import { version$ } from '@codex-rx/core/commands';
import { hotSwap } from '@codex-rx/operators';
import { concatMap, type Observable, tap } from 'rxjs';

/**
 * Runs a request with the binary at a path and runs it again each time another binary replaces that file. The old run
 * ends first: two agents must not write in one folder, and `switchMap` does not wait for the old process. Never
 * completes.
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
