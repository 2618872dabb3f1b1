import { BoundedText } from '../util/bounded-text.js';
import { Countdown } from '../util/countdown.js';
import { type Child, type ExitStatus, type SpawnSpec, spawnChild } from './child.js';
import { drain } from './drain.js';
import { trackRun } from './live-runs.js';
import { PipeWatch } from './pipe-watch.js';
import { terminate } from './terminate.js';

export interface CaptureOptions {
  /** Milliseconds until the process is ended; 0 or `Infinity`: no limit. */
  readonly timeout: number;
  /** Milliseconds between the steps of termination. */
  readonly grace: number;
  /** Bytes of each output that are kept at most, from its beginning; and as many from its end. */
  readonly maxBytes: number;
  /** Temporary files and folders that go if the host exits meanwhile. */
  readonly paths?: readonly string[] | undefined;
  /** Ends the process. */
  readonly signal?: AbortSignal | undefined;
  readonly onStdout?: ((chunk: Buffer) => void) | undefined;
  readonly onStderr?: ((chunk: Buffer) => void) | undefined;
}

export interface Captured extends ExitStatus {
  readonly stdout: string;
  readonly stderr: string;
  /** Why it was ended, if it did not end by itself. */
  readonly endedBy: 'timeout' | 'signal' | undefined;
}

/** Runs a process to its end and gives what it wrote. Rejects only if it cannot be started (`SpawnError`, `BinaryNotFoundError`); leaves nothing behind. */
export async function capture(spec: SpawnSpec, options: CaptureOptions): Promise<Captured> {
  let untrack: () => void = () => undefined;
  const child = await spawnChild(spec, (started) => {
    untrack = trackRun({ id: spec.runId, child: started, paths: options.paths ?? [] });
  });
  const stdout = collect(child.stdout, options.maxBytes, options.onStdout);
  const stderr = collect(child.stderr, options.maxBytes, options.onStderr);
  const { status, endedBy } = await untilExit(child, options);
  await Promise.all([drain(stdout.watch), drain(stderr.watch)]);
  child.release();
  untrack();
  return { ...status, stdout: stdout.text(), stderr: stderr.text(), endedBy };
}

function collect(stream: Child['stdout'], maxBytes: number, onChunk: CaptureOptions['onStdout']) {
  const kept = new BoundedText(maxBytes);
  stream.on('data', (chunk: Buffer) => {
    kept.push(chunk);
    onChunk?.(chunk);
  });
  return { watch: new PipeWatch(stream, () => false), text: () => kept.toString() };
}

async function untilExit(
  child: Child,
  options: CaptureOptions,
): Promise<{ status: ExitStatus; endedBy: Captured['endedBy'] }> {
  let endedBy: Captured['endedBy'];
  let given: ((status: ExitStatus) => void) | undefined;
  const unkillable = new Promise<ExitStatus>((resolve) => {
    given = resolve;
  });
  const end = (why: Captured['endedBy']): void => {
    if (endedBy !== undefined) return;
    endedBy = why;
    const steps = { grace: options.grace, includeDetached: true, onSignal: () => undefined };
    void terminate(child, steps).then(() => given?.({ code: null, signal: null }));
  };
  const countdown = new Countdown();
  countdown.limit(options.timeout, () => {
    end('timeout');
  });
  const onAbort = (): void => {
    end('signal');
  };
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted === true) onAbort();
  // Once it is being ended, what it started is being ended too: that is waited for.
  const status = await Promise.race([
    child.exited.then((exit) => (endedBy === undefined ? exit : unkillable.then(() => exit))),
    unkillable,
  ]);
  countdown.clear();
  options.signal?.removeEventListener('abort', onAbort);
  return { status, endedBy };
}
