import { catchError, type Observable, throwError } from 'rxjs';
import { isCodexError } from '../errors/index.js';
import type { AnyRunRequest } from '../request/types.js';

/**
 * Starts a new thread if the CLI does not resume an unknown thread and the request has `onMissing: 'new'`. Some
 * versions of the CLI start a new thread themselves.
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
