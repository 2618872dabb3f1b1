import { StringDecoder } from 'node:string_decoder';
import { frameLines, type LineFramer } from '../process/framing/frame-lines.js';
import type { SupervisedChild } from '../process/supervise.js';
import type { AnyRunRequest } from '../request/types.js';
import type { BoundedText } from '../util/bounded-text.js';
import { MAX_LINE_BYTES, MAX_STDERR_BYTES } from '../util/defaults.js';
import type { PauseGate } from '../util/pause-gate.js';
import type { RunInput } from './run-input.js';

interface OutputReceivers extends RunInput {
  /** While it is paused, standard output is not read and the process blocks. */
  readonly gate: PauseGate;
  readonly onStderr: ((text: string) => void) | undefined;
}

/** The output of a run while it is read. */
export interface RunOutput {
  /** Returns the start and the end of standard error. */
  stderr(): string;
  /** Emits nothing more, but continues to read: a process that cannot write does not exit cleanly. */
  discard(onData?: () => void): void;
  /**
   * Waits, after the exit, for the remaining output and emits it. The time is bounded, because another process may keep
   * the pipes open.
   */
  drain(): Promise<void>;
}

/**
 * Reads both outputs of a process. `onChunk` receives each chunk of standard output before its lines; an error that it
 * throws goes to `lines`.
 */
export function readOutput(
  process: SupervisedChild,
  request: AnyRunRequest,
  { gate, onStderr, onChunk, lines }: OutputReceivers,
): RunOutput {
  const { stdout } = process.child;
  let isDiscarding = false;
  process.watch(stdout, () => !isDiscarding && gate.isPaused);
  const framer = readStdout(process, request, { onChunk, lines });
  gate.bind((isPaused) => {
    if (isDiscarding) return;
    if (isPaused) framer.pause();
    else framer.resume();
  });
  const stderr = readStderr(process, request, onStderr);
  return {
    stderr: () => stderr.toString(),
    discard(onData) {
      if (isDiscarding) return;
      isDiscarding = true;
      framer.destroy();
      if (onData !== undefined) stdout.on('data', onData);
      stdout.resume();
    },
    async drain() {
      await process.drain();
      if (!isDiscarding) framer.finish();
    },
  };
}

function readStdout(
  { child }: SupervisedChild,
  { maxLineBytes = MAX_LINE_BYTES, mirrorStdout }: AnyRunRequest,
  { onChunk, lines }: RunInput,
): LineFramer {
  let chunkFailure: { readonly error: unknown } | undefined;
  const tap = (chunk: Buffer): void => {
    if (mirrorStdout === true) process.stdout.write(chunk);
    try {
      onChunk?.(chunk);
    } catch (error) {
      chunkFailure = { error };
      throw error;
    }
  };
  return frameLines(
    child.stdout,
    { maxLineBytes, tap },
    {
      next: (line) => {
        lines.next(line);
      },
      complete: () => {
        lines.complete();
      },
      // A broken pipe is not reported: the exit of the process says more.
      error: () => {
        if (chunkFailure === undefined) lines.complete();
        else lines.error(chunkFailure.error);
      },
    },
  );
}

function readStderr(
  supervised: SupervisedChild,
  { mirrorStderr }: AnyRunRequest,
  onStderr: OutputReceivers['onStderr'],
): BoundedText {
  const { stderr } = supervised.child;
  const decoder = new StringDecoder('utf8');
  const emit = (text: string): void => {
    if (text !== '') onStderr?.(text);
  };
  stderr.once('end', () => {
    emit(decoder.end());
  });
  return supervised.collect(stderr, MAX_STDERR_BYTES, (chunk) => {
    if (onStderr !== undefined) emit(decoder.write(chunk));
    if (mirrorStderr === true) process.stderr.write(chunk);
  });
}
