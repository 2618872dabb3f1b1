import { Observable } from 'rxjs';
import { AbortError, type ExitError, RunTimeoutError } from '../errors/index.js';
import { type Captured, capture } from '../process/capture.js';
import { trackPending } from '../process/pending-runs.js';
import { redactError } from '../secrets/redact-error.js';
import { COMMAND_TIMEOUT_MS, MAX_COMMAND_OUTPUT_BYTES, TERMINATE_GRACE_MS } from '../util/defaults.js';
import type { CommandOptions, CommandOutput } from './command-options.js';
import { commandError } from './exit-error.js';
import type { Invocation, Invoke } from './invocation.js';
import { type PreparedCommand, prepareCommand } from './prepare-command.js';
import { type ScannedOutput, scanOutput } from './scan-output.js';

/**
 * Runs one command of the CLI: emits the result of `interpret`, once, and completes. Cold; unsubscribing kills the
 * process. The result of `watch`, if it finds one in the output while the command is running, is emitted before,
 * once.
 *
 * Errors: those of `invoke` and `interpret`, `ExitError` (`EXIT`) for an exit code that is not accepted,
 * `RunTimeoutError` (`RUN_TIMEOUT`), `AbortError` (`ABORT_ERR`), `BinaryNotFoundError`, `SpawnError`, `HomeError`.
 */
export function runCommand$<T>(
  options: CommandOptions,
  invoke: Invoke,
  interpret: (output: CommandOutput, fail: () => ExitError) => T | Promise<T>,
  watch?: (output: ScannedOutput) => T | undefined,
): Observable<T> {
  return new Observable<T>((subscriber) => {
    const leaving = new AbortController();
    const early = (value: T): void => {
      subscriber.next(value);
    };
    const running = runToExit(options, invoke, leaving.signal, watch && scanOutput(watch, early))
      .then(({ output, fail, secrets }) => interpretOutput(() => interpret(output, fail), secrets))
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

/** An error about the output may quote it. */
async function interpretOutput<T>(interpret: () => T | Promise<T>, secrets: readonly string[]): Promise<T> {
  try {
    return await interpret();
  } catch (error) {
    throw redactError(error, secrets);
  }
}

interface FinishedCommand {
  readonly secrets: readonly string[];
  readonly output: CommandOutput;
  /** Creates the error for an output that is a failure although its exit code is accepted. */
  readonly fail: () => ExitError;
}

async function runToExit(
  options: CommandOptions,
  invoke: Invoke,
  leaving: AbortSignal,
  watcher: ReturnType<typeof scanOutput> | undefined,
): Promise<FinishedCommand> {
  const prepared = await prepareCommand(options, invoke);
  try {
    const { invocation } = prepared;
    const timeout = options.timeout ?? invocation.timeout ?? COMMAND_TIMEOUT_MS;
    const captured = await capture(prepared, {
      timeout,
      grace: options.terminateGrace ?? TERMINATE_GRACE_MS,
      maxBytes: MAX_COMMAND_OUTPUT_BYTES,
      paths: prepared.temporary,
      reap: invocation.reap,
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
    return checkExitCode(prepared, captured, invocation);
  } catch (error) {
    throw redactError(error, prepared.secrets);
  } finally {
    await prepared.cleanUp();
  }
}

function checkExitCode(prepared: PreparedCommand, captured: Captured, { accept = [0] }: Invocation): FinishedCommand {
  const { code, signal, stdout, stderr } = captured;
  const output = { exitCode: code, signal, stdout, stderr, command: prepared.command };
  const fail = (): ExitError => commandError(output, prepared);
  if (accept !== 'any' && !(code !== null && accept.includes(code))) throw fail();
  return { output, fail, secrets: prepared.secrets };
}
