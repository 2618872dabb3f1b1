import { StringDecoder } from 'node:string_decoder';
import type { RawLine } from '../events/raw-line.js';
import type { Child } from '../process/child.js';
import { drain } from '../process/drain.js';
import { frameLines } from '../process/framing/frame-lines.js';
import { PipeWatch } from '../process/pipe-watch.js';
import { BoundedText } from '../util/bounded-text.js';
import type { PauseGate } from '../util/pause-gate.js';

/** Bytes of standard error that are kept: so many from its beginning, and from its end. */
const STDERR_LIMIT = 16 * 1024;

interface ReaderOptions {
  readonly maxLineBytes: number;
  readonly holds: PauseGate;
  /** Sees each raw chunk of standard output first. */
  readonly onChunk: ((chunk: Buffer) => void) | undefined;
  readonly onStderr: ((text: string) => void) | undefined;
  readonly mirrorStdout: boolean;
  readonly mirrorStderr: boolean;
  readonly line: (line: RawLine) => void;
  readonly end: () => void;
  readonly error: (error: unknown) => void;
}

/** Reads both outputs of a run; standard output can be held back, so that the child blocks. */
export class OutputReader {
  readonly #child: Child;
  readonly #framer: ReturnType<typeof frameLines>;
  readonly #stderr = new BoundedText(STDERR_LIMIT);
  readonly #holds: PauseGate;
  readonly #stdoutWatch: PipeWatch;
  readonly #stderrWatch: PipeWatch;
  #discarding = false;

  constructor(child: Child, options: ReaderOptions) {
    this.#child = child;
    this.#holds = options.holds;
    this.#stdoutWatch = new PipeWatch(child.stdout, () => !this.#discarding && this.#holds.isHeld);
    this.#framer = this.#readStdout(options);
    options.holds.bind((isHeld) => {
      if (this.#discarding) return;
      if (isHeld) this.#framer.pause();
      else this.#framer.resume();
    });
    this.#stderrWatch = new PipeWatch(child.stderr, () => false);
    this.#readStderr(options);
  }

  /** Its beginning and its end. */
  get stderr(): string {
    return this.#stderr.toString();
  }

  /** From now on nothing is handed over, but all is read: a child that cannot write does not end well. */
  discard(onData?: () => void): void {
    if (this.#discarding) return;
    this.#discarding = true;
    this.#framer.destroy();
    if (onData !== undefined) this.#child.stdout.on('data', onData);
    this.#child.stdout.resume();
  }

  /** After the exit: waits for what is still in the pipes, not for somebody who holds them open. */
  async drain(): Promise<void> {
    await Promise.all([drain(this.#stdoutWatch), drain(this.#stderrWatch)]);
    if (!this.#discarding) this.#framer.finish();
  }

  #readStdout(options: ReaderOptions): ReturnType<typeof frameLines> {
    let tapFailure: { error: unknown } | undefined;
    const tap = (chunk: Buffer): void => {
      if (options.mirrorStdout) process.stdout.write(chunk);
      try {
        options.onChunk?.(chunk);
      } catch (error) {
        tapFailure = { error };
        throw error;
      }
    };
    const { maxLineBytes, line, end } = options;
    return frameLines(
      this.#child.stdout,
      { maxLineBytes, tap },
      {
        line,
        end,
        error: () => {
          // A full disk under the event log is ours to report. A broken pipe is not: how the process ended says more.
          if (tapFailure === undefined) options.end();
          else options.error(tapFailure.error);
        },
      },
    );
  }

  #readStderr({ onStderr, mirrorStderr }: ReaderOptions): void {
    const { stderr } = this.#child;
    const decoder = new StringDecoder('utf8');
    const tell = (text: string): void => {
      if (text !== '') onStderr?.(text);
    };
    stderr.on('data', (chunk: Buffer) => {
      this.#stderr.push(chunk);
      if (onStderr !== undefined) tell(decoder.write(chunk));
      if (mirrorStderr) process.stderr.write(chunk);
    });
    stderr.once('end', () => {
      tell(decoder.end());
    });
  }
}
