import { StringDecoder } from 'node:string_decoder';
import type { Observer } from 'rxjs';
import type { RawLine } from '../events/raw-line.js';
import { frameLines } from '../process/framing/frame-lines.js';
import type { SupervisedChild } from '../process/supervise.js';
import { MAX_STDERR_BYTES } from '../util/defaults.js';
import type { PauseGate } from '../util/pause-gate.js';

interface OutputOptions {
  readonly maxLineBytes: number;
  /** While it is paused, standard output is not read and the process blocks. */
  readonly gate: PauseGate;
  /** Receives each raw chunk of standard output before its lines. An error that it throws goes to the observer. */
  readonly onChunk: ((chunk: Buffer) => void) | undefined;
  readonly onStderr: ((text: string) => void) | undefined;
  readonly mirrorStdout: boolean;
  readonly mirrorStderr: boolean;
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

/** Reads both outputs of a process and emits the lines of standard output. */
export function readOutput(process: SupervisedChild, options: OutputOptions, observer: Observer<RawLine>): RunOutput {
  const { stdout } = process.child;
  const { gate } = options;
  let isDiscarding = false;
  process.watch(stdout, () => !isDiscarding && gate.isPaused);
  const framer = readStdout(process, options, observer);
  gate.bind((isPaused) => {
    if (isDiscarding) return;
    if (isPaused) framer.pause();
    else framer.resume();
  });
  const stderr = readStderr(process, options);
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
  { maxLineBytes, mirrorStdout, onChunk }: OutputOptions,
  observer: Observer<RawLine>,
): ReturnType<typeof frameLines> {
  let chunkFailure: { readonly error: unknown } | undefined;
  const tap = (chunk: Buffer): void => {
    if (mirrorStdout) process.stdout.write(chunk);
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
        observer.next(line);
      },
      complete: () => {
        observer.complete();
      },
      // A broken pipe is not reported: the exit of the process says more.
      error: () => {
        if (chunkFailure === undefined) observer.complete();
        else observer.error(chunkFailure.error);
      },
    },
  );
}

function readStderr(supervised: SupervisedChild, { onStderr, mirrorStderr }: OutputOptions) {
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
    if (mirrorStderr) process.stderr.write(chunk);
  });
}
