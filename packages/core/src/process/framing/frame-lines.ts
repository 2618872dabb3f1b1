import type { Readable } from 'node:stream';
import type { Observer } from 'rxjs';
import type { RawLine } from '../../events/raw-line.js';
import { createByteGate, type GateBlock } from './byte-gate.js';
import { createSplitter } from './splitter.js';
import { toBytes } from './to-bytes.js';

export interface LineFramer {
  /** Stops reading the source and delivering to the observer, including framed lines and the end. */
  pause(): void;
  /** Delivers the waiting lines synchronously, then continues to read. */
  resume(): void;
  /** Completes as if the source had ended, for a source that another process keeps open. */
  finish(): void;
  /**
   * Stops all calls of the observer. Pauses the source and does not destroy it: call its `resume()` to discard the
   * rest.
   */
  destroy(): void;
}

interface FrameOptions {
  /** A longer line (without its `\n`) becomes a problem line. */
  readonly maxLineBytes: number;
  /** Receives each chunk before it is framed. An error thrown here ends the framing. */
  readonly tap?: ((chunk: Buffer) => void) | undefined;
}

/**
 * Reads a byte stream and emits its lines to `observer`. Lines end at `\n` only. Removes one `\r` before `\n`, and a
 * byte-order mark at the start of the stream. Blank lines are `''`. The last line does not need `\n`.
 *
 * Delivers the lines of a chunk before it reads the next chunk, so pausing applies backpressure to the writer. Calls
 * `observer.error`, after the preceding lines, for an error of the source, its destruction before the end, and a
 * chunk that is neither bytes nor text.
 */
export function frameLines(source: Readable, options: FrameOptions, observer: Observer<RawLine>): LineFramer {
  const gate = createByteGate(options.maxLineBytes);
  const split = createSplitter((line) => {
    wait(line);
  });
  let waiting: RawLine[] = [];
  let taken = 0;
  let framed = 0;
  let outcome: (() => void) | undefined;
  let paused = false;
  let delivering = false;
  let done = false;

  const isReading = () => !paused && !done;
  const wait = (raw: RawLine): void => {
    framed += 1;
    waiting.push(raw);
  };
  const frame = (blocks: readonly GateBlock[]): void => {
    for (const block of blocks) {
      if (typeof block === 'string') split(block);
      else wait({ ...block, line_number: framed + 1 });
    }
  };
  /**
   * Runs one loop at a time: an observer that calls `resume` or makes the source emit must not receive lines out of
   * order.
   */
  const deliver = (): void => {
    if (delivering) return;
    delivering = true;
    try {
      while (isReading()) {
        const line = waiting[taken];
        if (line !== undefined) {
          taken += 1;
          observer.next(line);
        } else if (outcome !== undefined) {
          close();
          outcome();
        } else {
          waiting = [];
          taken = 0;
          return;
        }
      }
    } finally {
      delivering = false;
    }
  };
  const settle = (how: () => void): void => {
    outcome ??= how;
    deliver();
  };

  const onData = (chunk: unknown): void => {
    if (outcome !== undefined) return;
    // Node resumes the pipes of a child that exits, whoever paused them.
    if (paused) source.pause();
    try {
      const bytes = toBytes(chunk);
      options.tap?.(bytes);
      frame(gate.push(bytes));
    } catch (error) {
      settle(() => {
        observer.error(error);
      });
    }
    deliver();
  };
  const onEnd = (): void => {
    if (outcome === undefined) frame(gate.end());
    settle(() => {
      observer.complete();
    });
  };
  const onError = (error: unknown): void => {
    settle(() => {
      observer.error(error);
    });
  };
  const onClose = (): void => {
    settle(() => {
      observer.error(new Error('The stream was closed before its end'));
    });
  };
  const close = (): void => {
    done = true;
    waiting = [];
    source.off('data', onData).off('end', onEnd).off('close', onClose);
    // Keep `onError`: an `error` event without a listener would end the host.
    source.pause();
  };

  source.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose);
  if (source.errored) process.nextTick(onError, source.errored);
  else if (source.readableEnded) process.nextTick(onEnd);
  else if (source.destroyed) process.nextTick(onClose);
  else source.resume();
  return {
    pause() {
      paused = true;
      source.pause();
    },
    resume() {
      paused = false;
      deliver();
      if (isReading()) source.resume();
    },
    finish: onEnd,
    destroy: close,
  };
}
