import { Observable } from 'rxjs';
import { isCodexError } from '../errors/is-codex-error.js';
import { RequestError } from '../errors/request-error.js';
import { AbortError } from '../errors/stop-errors.js';
import { toInputError } from '../errors/to-input-error.js';
import type { RawLine } from '../events/raw-line.js';
import { openPauseReport } from '../interop/index.js';
import { frameLines } from '../process/framing/frame-lines.js';
import { applyPauses } from '../util/apply-pauses.js';
import { MAX_LINE_BYTES } from '../util/defaults.js';
import { PauseGate } from '../util/pause-gate.js';
import { type LogSource, openSource } from './open-source.js';

export interface ReadLinesOptions {
  /** While its last value is `true`, emits nothing and does not read the source. Its completion resumes. */
  readonly paused$?: Observable<boolean> | undefined;
  /** Longest line in bytes; a longer line becomes a `malformed` event. Default 16 MiB. */
  readonly maxLineBytes?: number | undefined;
  /** Errors with `AbortError` when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** Emits the lines of a source, and completes at its end. Unsubscribing closes the source. */
export function readLines$(source: LogSource, options: ReadLinesOptions = {}): Observable<RawLine> {
  return new Observable((subscriber) => {
    const { paused$, signal, maxLineBytes = MAX_LINE_BYTES } = options;
    if (typeof (maxLineBytes as unknown) !== 'number' || !(maxLineBytes > 0))
      throw new RequestError('maxLineBytes', 'must be a positive number of bytes.');
    if (signal?.aborted === true) throw new AbortError(signal.reason);

    const { name, stream } = openSource(source);
    const framer = frameLines(
      stream,
      { maxLineBytes },
      {
        next: (raw) => {
          subscriber.next(raw);
        },
        complete: () => {
          subscriber.complete();
        },
        error: (error) => {
          subscriber.error(isCodexError(error) ? error : toInputError(name, error));
        },
      },
    );
    subscriber.add(() => {
      framer.destroy();
      stream.destroy();
    });
    if (signal !== undefined) {
      const abort = () => {
        subscriber.error(new AbortError(signal.reason));
      };
      signal.addEventListener('abort', abort, { once: true });
      subscriber.add(() => {
        signal.removeEventListener('abort', abort);
      });
    }
    if (paused$ !== undefined) {
      const report = openPauseReport();
      const gate = new PauseGate(report);
      gate.bind((isPaused) => {
        if (isPaused) framer.pause();
        else framer.resume();
      });
      subscriber.add(() => {
        report?.resume();
      });
      const unfollow = applyPauses(paused$, gate.acquire(), (error) => {
        subscriber.error(error);
      });
      subscriber.add(unfollow);
    }
  });
}
