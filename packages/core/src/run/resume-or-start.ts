import { catchError, type Observable, throwError } from 'rxjs';
import { isCodexError } from '../errors/index.js';
import type { AnyRunRequest } from '../request/types.js';

/**
 * With `onMissing: 'new'`, begins a new thread when the CLI refuses to resume an unknown one. (Where it silently begins one by itself there is
 * nothing to do.)
 */
export function resumeOrStart<T>(
  request: AnyRunRequest,
  observe$: (request: AnyRunRequest) => Observable<T>,
): Observable<T> {
  const run$ = observe$(request);
  if (request.command !== 'resume' || request.onMissing !== 'new') return run$;
  const new$ = observe$({ ...request, command: 'exec' });
  return run$.pipe(
    catchError((error: unknown) => (isCodexError(error, 'SESSION_NOT_FOUND') ? new$ : throwError(() => error))),
  );
}
