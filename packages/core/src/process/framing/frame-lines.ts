import type { Readable } from 'node:stream';
import type { Observer } from 'rxjs';
import type { RawLine } from '../../events/raw-line.js';
import { createByteGate, type GateBlock } from './byte-gate.js';
import { createSplitter } from './splitter.js';
import { toBytes } from './to-bytes.js';

export interface LineFramer {
  /** Nothing more is delivered, not even lines that are framed already, or the end; the source is not read. */
  pause(): void;
  /** Delivers what has waited, within this call, then reads on. */
  resume(): void;
  /** Takes what was read so far as all there is, as if the source had ended: for one that somebody else holds open. */
  finish(): void;
  /** No more calls of the sink. The source is left paused, not destroyed: `resume()` it to discard the rest. */
  destroy(): void;
}

interface FrameOptions {
  /** A longer line (without its `\n`) becomes a problem line. */
  readonly maxLineBytes: number;
  /** Sees each chunk before it is framed. What it throws ends the framing. */
  readonly tap?: ((chunk: Buffer) => void) | undefined;
}

/**
 * Reads a byte stream and hands its lines to `sink`: they end at `\n` only; one `\r` before it and a byte-order mark at the very start are
 * removed; blank lines are `''`; the last line needs no `\n`.
 *
 * The lines of a chunk are delivered before the next chunk is read, so a paused sink holds up whoever writes. Errors of the source, its
 * destruction before the end and a chunk that is neither bytes nor text go to `observer.error`, after the lines before them.
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
  /** One loop at a time: a sink that resumes, or makes the source emit, within a call must not overtake itself. */
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
    // `onError` stays: an error that nobody listens to would end the host.
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
