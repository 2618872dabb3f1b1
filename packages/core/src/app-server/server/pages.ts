import { EMPTY, expand, type Observable, throwError } from 'rxjs';
import { RpcError } from '../../errors/index.js';

interface Page {
  readonly nextCursor?: string | null | undefined;
}

/** Emits each page of a list. Requests a page when the one before has been emitted. A repeated cursor is an error. */
export function pages$<P extends Page>(
  method: string,
  request$: (cursor: string | null) => Observable<P>,
): Observable<P> {
  const seen = new Set<string>();
  return request$(null).pipe(
    expand(({ nextCursor }) => {
      if (nextCursor === undefined || nextCursor === null) return EMPTY;
      if (seen.has(nextCursor))
        return throwError(() => new RpcError('RPC_ERROR', `${method} repeats a cursor.`, { method }));
      seen.add(nextCursor);
      return request$(nextCursor);
    }),
  );
}
