import { Observable } from 'rxjs';
import { AbortError, RunTimeoutError } from '../errors/index.js';
import { type Captured, capture } from '../process/capture.js';
import { trackPending } from '../process/pending-runs.js';
import type { CommandOptions, CommandOutput } from './command-options.js';
import { failure } from './failure.js';
import { firstIn, type Output } from './first-in.js';
import type { Invocation, Invoke } from './invocation.js';
import { type Launch, prepareLaunch } from './launch.js';

const TIMEOUT = 120_000;
const GRACE = 2_000;
/** A full catalogue of models, or a completion script, is a few hundred KB. */
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Runs one command of the CLI: emits what `interpret` makes of its output, once, and completes. Cold; unsubscribing ends the process. With `watch`,
 * what it finds in the output while the command still runs is emitted before, once.
 *
 * Errors: what `invoke` and `interpret` throw, `ExitError` (`EXIT`) for an exit code that is no answer, `RunTimeoutError` (`RUN_TIMEOUT`), `AbortError`
 * (`ABORT_ERR`), `BinaryNotFoundError`, `SpawnError`, `HomeError`.
 */
export function runCommand$<T>(
  options: CommandOptions,
  invoke: Invoke,
  interpret: (output: CommandOutput) => T | Promise<T>,
  watch?: (output: Output) => T | undefined,
): Observable<T> {
  return new Observable<T>((subscriber) => {
    const leaving = new AbortController();
    const early = (value: T): void => {
      subscriber.next(value);
    };
    const running = perform(options, invoke, leaving.signal, watch && firstIn(watch, early))
      .then(interpret)
      .then((value) => {
        subscriber.next(value);
        subscriber.complete();
      });
    trackPending(
      running.catch((error: unknown) => {
        subscriber.error(error);
      }),
      options.signal,
    );
    return () => {
      leaving.abort();
    };
  });
}

async function perform(
  options: CommandOptions,
  invoke: Invoke,
  leaving: AbortSignal,
  watcher: ReturnType<typeof firstIn> | undefined,
): Promise<CommandOutput> {
  const launch = await prepareLaunch(options, invoke);
  try {
    const { invocation } = launch;
    const timeout = options.timeout ?? invocation.timeout ?? TIMEOUT;
    const captured = await capture(launch, {
      timeout,
      grace: options.terminateGrace ?? GRACE,
      maxBytes: MAX_BYTES,
      paths: launch.temporary,
      signal: options.signal === undefined ? leaving : AbortSignal.any([options.signal, leaving]),
      onStdout: (chunk) => {
        if (options.mirrorStdout === true) process.stdout.write(chunk);
        watcher?.stdout(chunk);
      },
      onStderr: (chunk) => {
        if (options.mirrorStderr === true) process.stderr.write(chunk);
        watcher?.stderr(chunk);
      },
    });
    if (captured.endedBy === 'signal') throw new AbortError(options.signal?.reason);
    if (captured.endedBy === 'timeout') throw new RunTimeoutError(timeout, { what: 'command' });
    return judge(launch, captured, invocation);
  } finally {
    await launch.cleanUp();
  }
}

function judge(launch: Launch, captured: Captured, { accept = [0] }: Invocation): CommandOutput {
  const { code, signal, stdout, stderr } = captured;
  const output = { exitCode: code, signal, stdout, stderr, command: launch.command };
  if (accept !== 'any' && !(code !== null && accept.includes(code))) throw failure(output, launch.secrets);
  return output;
}
