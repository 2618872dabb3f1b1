import { StringDecoder } from 'node:string_decoder';
import type { RawLine } from '../events/raw-line.js';
import { BoundedText } from '../process/bounded-text.js';
import type { Child } from '../process/child.js';
import { frameLines } from '../process/framing/frame-lines.js';
import { drain } from './drain.js';
import type { Holds } from './holds.js';

/** Bytes of standard error that are kept: so many from its beginning, and from its end. */
const STDERR_LIMIT = 16 * 1024;

interface ReaderOptions {
  readonly maxLineBytes: number;
  readonly holds: Holds;
  /** Sees each raw chunk of standard output first. */
  readonly onChunk: ((chunk: Buffer) => void) | undefined;
  readonly onStderr: ((text: string) => void) | undefined;
  readonly mirrorStdout: boolean;
  readonly mirrorStderr: boolean;
  line(line: RawLine): void;
  end(): void;
  error(error: unknown): void;
}

/** Reads both outputs of a run; standard output can be held back, so that the child blocks. */
export class OutputReader {
  readonly #child: Child;
  readonly #framer: ReturnType<typeof frameLines>;
  readonly #stderr = new BoundedText(STDERR_LIMIT);
  readonly #holds: Holds;
  readonly #stdoutEnded: Promise<void>;
  readonly #stderrEnded: Promise<void>;
  #lastData = performance.now();
  #discarding = false;

  constructor(child: Child, options: ReaderOptions) {
    this.#child = child;
    this.#holds = options.holds;
    const { stdout, stderr } = child;
    this.#stdoutEnded = ended(stdout);
    this.#stderrEnded = ended(stderr);
    let tapFailure: { error: unknown } | undefined;
    this.#framer = frameLines(
      stdout,
      {
        maxLineBytes: options.maxLineBytes,
        tap: (chunk) => {
          this.#lastData = performance.now();
          if (options.mirrorStdout) process.stdout.write(chunk);
          try {
            options.onChunk?.(chunk);
          } catch (error) {
            tapFailure = { error };
            throw error;
          }
        },
      },
      {
        line: options.line,
        end: options.end,
        error: () => {
          // A full disk under the event log is ours to report. A broken pipe is not: how the process ended says more.
          if (tapFailure === undefined) options.end();
          else options.error(tapFailure.error);
        },
      },
    );
    options.holds.bind((isHeld) => {
      if (this.#discarding) return;
      if (isHeld) this.#framer.pause();
      else this.#framer.resume();
    });
    const decoder = options.onStderr === undefined ? undefined : new StringDecoder('utf8');
    stderr.on('data', (chunk: Buffer) => {
      this.#stderr.push(chunk);
      if (decoder !== undefined) options.onStderr?.(decoder.write(chunk));
      if (options.mirrorStderr) process.stderr.write(chunk);
    });
  }

  get stderr(): string {
    return this.#stderr.toString();
  }

  /** From now on nothing is handed over, but all is read: a child that cannot write does not end well. */
  discard(onData?: () => void): void {
    if (this.#discarding) return;
    this.#discarding = true;
    this.#holds.release();
    this.#framer.destroy();
    if (onData !== undefined) this.#child.stdout.on('data', onData);
    this.#child.stdout.resume();
  }

  /** After the exit: waits for what is still in the pipes, not for somebody who holds them open. */
  async drain(): Promise<void> {
    await drain({ ended: this.#stdoutEnded, lastData: () => this.#lastData, isHeldBack: () => this.#holds.isHeld });
    if (!this.#discarding) this.#framer.finish();
    await drain({ ended: this.#stderrEnded, lastData: () => 0, isHeldBack: () => false });
  }
}

function ended(stream: Child['stdout']): Promise<void> {
  return new Promise((resolve) => {
    stream.once('close', resolve).once('end', resolve);
  });
}
