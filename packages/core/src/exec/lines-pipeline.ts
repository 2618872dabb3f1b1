import { Observable, type Subscription } from 'rxjs';
import type { RawLine } from '../events/raw-line.js';
import type { AnyRunRequest } from '../request/types.js';
import type { Hold } from './holds.js';

/** The key under which a source of lines offers to be held back; operators such as `teeLines` look for it. */
const BACKPRESSURE = Symbol.for('@codex-rx/backpressure');

export interface LinesPipeline {
  push(line: RawLine): void;
  /** The source has ended; `onEnd` follows when the operator is through. */
  end(): void;
  close(): void;
}

interface PipelineHandlers {
  line(line: RawLine): void;
  end(): void;
  error(error: unknown): void;
  /** A new, independent hold on the source. */
  hold(): Hold;
}

/** Leads lines through the request's `lines` operator; without one, straight on. */
export function openLinesPipeline(operator: AnyRunRequest['lines'], handlers: PipelineHandlers): LinesPipeline {
  if (operator === undefined) {
    return { push: handlers.line, end: handlers.end, close: () => undefined };
  }
  let push: (line: RawLine) => void = () => undefined;
  let end = (): void => undefined;
  const source$ = new Observable<RawLine>((subscriber) => {
    push = (line) => {
      subscriber.next(line);
    };
    end = () => {
      subscriber.complete();
    };
  });
  Object.defineProperty(source$, BACKPRESSURE, { value: handlers.hold });
  const subscription: Subscription = operator(source$).subscribe({
    next: handlers.line,
    error: handlers.error,
    complete: handlers.end,
  });
  return {
    push: (line) => {
      push(line);
    },
    end: () => {
      end();
    },
    close: () => {
      subscription.unsubscribe();
    },
  };
}
