import { catchError, EMPTY, firstValueFrom, map, type Observable, timeout } from 'rxjs';

/**
 * Waits for the first value or the end of a source, at most `ms` milliseconds. Never rejects.
 *
 * @returns whether there was a value
 */
export async function firstWithin(source$: Observable<unknown>, ms: number): Promise<boolean> {
  const limited$ = source$.pipe(
    map(() => true),
    timeout({ first: ms, with: () => EMPTY }),
    catchError(() => EMPTY),
  );
  return await firstValueFrom(limited$, { defaultValue: false });
}
