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
  /** While it says `true`, nothing is emitted and the source is not read. Its end lets go. */
  readonly paused$?: Observable<boolean> | undefined;
  /** Longest line in bytes; a longer one is a `malformed` event, and reading goes on after it. Default 16 MiB. */
  readonly maxLineBytes?: number | undefined;
  /** Ends the reading with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
}

/** The lines of a source. Emits `RawLine`s, completes at its end; unsubscribing closes it. */
export function readLines$(source: LogSource, options: ReadLinesOptions = {}): Observable<RawLine> {
  return new Observable((subscriber) => {
    const { paused$, signal, maxLineBytes = MAX_LINE_BYTES } = options;
    if (typeof (maxLineBytes as unknown) !== 'number' || !(maxLineBytes > 0))
      throw new RequestError('maxLineBytes', 'must be a number of bytes above 0');
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
      const following = applyPauses(paused$, gate.acquire(), (error) => {
        subscriber.error(error);
      });
      subscriber.add(() => {
        following.unsubscribe();
      });
    }
  });
}
