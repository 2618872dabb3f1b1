import type { Observable } from 'rxjs';

export interface Observed<T> {
  readonly values: T[];
  /** The error; `undefined` if the Observable completed. */
  readonly error: unknown;
  /** Milliseconds until it ended. */
  readonly took: number;
}

/** Subscribes and waits for the end, whichever it is. */
export function observe<T>(source$: Observable<T>, next: (value: T) => void = () => undefined): Promise<Observed<T>> {
  const values: T[] = [];
  const start = performance.now();
  return new Promise((resolve) => {
    const settle = (error?: unknown): void => {
      resolve({ values, error, took: performance.now() - start });
    };
    source$.subscribe({
      next: (value) => {
        values.push(value);
        next(value);
      },
      error: settle,
      complete: settle,
    });
  });
}

export const types = (observed: { readonly values: readonly { readonly type: string }[] }): string[] =>
  observed.values.map((value) => value.type);
