import { type Observable, Subject, type Unsubscribable } from 'rxjs';
import { RequestError } from '../errors/index.js';
import type { RawLine } from '../events/raw-line.js';
import { describeValue } from '../request/checks.js';
import type { AnyRunRequest } from '../request/types.js';
import type { PauseToken } from '../util/pause-gate.js';

/** The key under which a source of lines offers to be held back; operators such as `teeLines` look for it. */
const BACKPRESSURE = Symbol.for('@codex-rx/backpressure');

export interface LinesPipeline {
  readonly push: (line: RawLine) => void;
  /** The source has ended; `onEnd` follows when the operator is through. */
  readonly end: () => void;
  readonly close: () => void;
}

interface PipelineHandlers {
  readonly line: (line: RawLine) => void;
  readonly end: () => void;
  readonly error: (error: unknown) => void;
  /** A new, independent hold on the source. */
  readonly hold: () => PauseToken;
}

/** Leads lines through the request's `lines` operator; without one, straight on. Throws what the operator throws, or a `RequestError`. */
export function openLinesPipeline(operator$: AnyRunRequest['lines'], handlers: PipelineHandlers): LinesPipeline {
  if (operator$ === undefined) {
    return { push: handlers.line, end: handlers.end, close: () => undefined };
  }
  // Hot, as the run is: an operator may subscribe to it twice, or anew after an error.
  const subject$ = new Subject<RawLine>();
  const source$ = subject$.asObservable();
  Object.defineProperty(source$, BACKPRESSURE, { value: handlers.hold });
  const subscription = subscribe(operator$(source$), handlers);
  return {
    push: (line) => {
      subject$.next(line);
    },
    end: () => {
      subject$.complete();
    },
    close: () => {
      subscription.unsubscribe();
    },
  };
}

function subscribe(lines$: unknown, handlers: PipelineHandlers): Unsubscribable {
  // Not `instanceof`: the application may have another copy of RxJS.
  if (typeof (lines$ as { subscribe?: unknown } | null | undefined)?.subscribe !== 'function') {
    throw new RequestError(
      'lines',
      'must return an Observable of lines, as an operator does. Return the source as it is to change nothing.',
    );
  }
  return (lines$ as Observable<unknown>).subscribe({
    next: (value) => {
      if (isRawLine(value)) handlers.line(value);
      else handlers.error(notALine(value));
    },
    error: handlers.error,
    complete: handlers.end,
  });
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
