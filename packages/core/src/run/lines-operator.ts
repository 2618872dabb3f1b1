import { type Observable, type Observer, Subject, type Subscription } from 'rxjs';
import { RequestError } from '../errors/index.js';
import type { RawLine } from '../events/raw-line.js';
import { offerBackpressure } from '../interop/index.js';
import { describeValue } from '../request/checks.js';
import type { AnyRunRequest } from '../request/types.js';
import type { PauseGate } from '../util/pause-gate.js';
import { warnOnError } from '../util/warn-on-error.js';

/**
 * Applies the `lines` operator of a request. Returns the observer of its source.
 *
 * @param gate pauses the source of the lines
 * @param teardown unsubscribes from the operator
 * @throws RequestError, and what the operator throws
 */
export function applyLinesOperator(
  operator$: NonNullable<AnyRunRequest['lines']>,
  observer: Observer<RawLine>,
  { gate, teardown }: { readonly gate: PauseGate; readonly teardown: Subscription },
): Observer<RawLine> {
  // Hot, as the run is: an operator may subscribe to it twice, or again after an error.
  const subject$ = new Subject<RawLine>();
  const source$ = offerBackpressure(subject$.asObservable(), () => gate.acquire());
  const lines$: unknown = operator$(source$);
  // Not `instanceof`: the application may have another copy of RxJS.
  if (typeof (lines$ as { subscribe?: unknown } | null | undefined)?.subscribe !== 'function')
    throw new RequestError(
      'lines',
      'must return an Observable of lines, as an operator does. Return the source to change nothing.',
    );
  const subscription = (lines$ as Observable<unknown>).subscribe({
    next: (value) => {
      if (isRawLine(value)) observer.next(value);
      else observer.error(notALine(value));
    },
    error: (error: unknown) => {
      observer.error(error);
    },
    complete: () => {
      observer.complete();
    },
  });
  teardown.add(() => {
    warnOnError('could not unsubscribe from the lines operator', () => {
      subscription.unsubscribe();
    });
  });
  return subject$;
}

function isRawLine(value: unknown): value is RawLine {
  if (typeof value === 'string') return true;
  if (typeof value !== 'object' || value === null) return false;
  const { text, line_number } = value as { readonly text?: unknown; readonly line_number?: unknown };
  return typeof text === 'string' && typeof line_number === 'number';
}

function notALine(value: unknown): RequestError {
  return new RequestError(
    'lines',
    `must emit lines, got ${describeValue(value)}. Put operators on events behind the run: exec$(…).pipe(…).`,
  );
}
