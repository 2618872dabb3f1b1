import { Countdown } from '../util/countdown.js';
import { onAbort } from '../util/on-abort.js';
import type { ExitStatus, SpawnSpec } from './child.js';
import { superviseChild } from './supervise.js';

export interface CaptureOptions {
  /** Time until the process is terminated, in ms. 0 or `Infinity`: no limit. */
  readonly timeout: number;
  /** Time between the steps of termination, in ms. */
  readonly grace: number;
  /** Bytes kept of the start of each output, and as many of its end. */
  readonly maxBytes: number;
  /** Temporary files and folders, removed with the process. */
  readonly paths?: readonly string[] | undefined;
  /** Also kill, after the exit, the processes that it started and left running. Default `false`. */
  readonly reap?: boolean | undefined;
  /** Terminates the process. */
  readonly signal?: AbortSignal | undefined;
  readonly onStdout?: ((chunk: Buffer) => void) | undefined;
  readonly onStderr?: ((chunk: Buffer) => void) | undefined;
}

export interface Captured extends ExitStatus {
  readonly stdout: string;
  readonly stderr: string;
  /** Why the process was terminated; `undefined` if it exited by itself. */
  readonly endedBy: 'timeout' | 'signal' | undefined;
}

/**
 * Runs a process to its end. A process that does not exit by itself is killed with everything that it started.
 *
 * @returns what it wrote and how it ended
 * @throws SpawnError, BinaryNotFoundError
 */
export async function capture(spec: SpawnSpec, options: CaptureOptions): Promise<Captured> {
  const { timeout, grace, maxBytes, paths, signal } = options;
  const process = await superviseChild(spec, { paths, grace });
  const stdout = process.collect(process.child.stdout, maxBytes, options.onStdout);
  const stderr = process.collect(process.child.stderr, maxBytes, options.onStderr);
  let endedBy: Captured['endedBy'];
  const end = (reason: Captured['endedBy']): void => {
    endedBy ??= reason;
    process.terminate();
  };
  const countdown = new Countdown();
  countdown.limit(timeout, () => {
    end('timeout');
  });
  const stopListening =
    signal &&
    onAbort(signal, () => {
      end('signal');
    });
  const status = await process.exited;
  countdown.clear();
  stopListening?.();
  if (options.reap === true) process.terminate();
  await process.survivors();
  await process.drain();
  await process.release();
  return { ...status, stdout: stdout.toString(), stderr: stderr.toString(), endedBy };
}
