import { AbortError, type ExitError } from '../../errors/index.js';
import type { Child, ExitStatus } from '../../process/child.js';
import { removeFolder } from '../../process/remove-folder.js';
import { type SupervisedChild, superviseChild } from '../../process/supervise.js';
import { exitWithin } from '../../process/terminate.js';
import { MAX_STDERR_BYTES, TERMINATE_GRACE_MS } from '../../util/defaults.js';
import { onAbort } from '../../util/on-abort.js';
import type { CommandOptions } from '../command-options.js';
import { commandError } from '../exit-error.js';
import type { Invoke } from '../invocation.js';
import { type PreparedCommand, prepareCommand } from '../prepare-command.js';

/** A command that serves until it is stopped. */
export interface OpenProcess {
  readonly child: Child;
  /** Resolves with the exit status when everything that the process started is gone, too. */
  readonly ended: Promise<ExitStatus>;
  /** Returns the error for an exit status, with the standard error of the process. */
  failure(status: ExitStatus): ExitError;
  /** Terminates the process and resolves when it is gone. May be called again. */
  readonly stop: () => Promise<void>;
}

export interface OpenProcessOptions {
  /** Leaves its standard input open. `stop` then closes it and waits for the process to exit by itself. */
  readonly keepStdin?: boolean | undefined;
  /** Private folders, removed with the process. */
  readonly temporary?: readonly string[] | undefined;
  /** Terminates the process, or prevents its start. */
  readonly signal: AbortSignal;
}

export async function openProcess(
  options: CommandOptions,
  invoke: Invoke,
  { keepStdin = false, temporary = [], signal }: OpenProcessOptions,
): Promise<OpenProcess> {
  const grace = options.terminateGrace ?? TERMINATE_GRACE_MS;
  let prepared: PreparedCommand;
  let process: SupervisedChild;
  try {
    prepared = await prepareCommand(options, invoke);
    if (signal.aborted) throw new AbortError(signal.reason);
    process = await superviseChild({ ...prepared, keepStdin }, { grace, paths: temporary });
  } catch (error) {
    await Promise.all(temporary.map(removeFolder));
    throw error;
  }
  const opened = serve(process, prepared, { keepStdin, grace });
  if (options.mirrorStderr === true) process.child.stderr.pipe(globalThis.process.stderr, { end: false });
  onAbort(signal, () => void opened.stop());
  return opened;
}

function serve(
  process: SupervisedChild,
  { command, secrets, isOutputSecret }: PreparedCommand,
  { keepStdin, grace }: { readonly keepStdin: boolean; readonly grace: number },
): OpenProcess {
  const { child } = process;
  const stderr = process.collect(child.stderr, MAX_STDERR_BYTES);
  const terminate = async (): Promise<void> => {
    process.terminate();
    await process.survivors();
  };
  const closeInput = async (): Promise<void> => {
    child.stdin.end();
    await exitWithin(child, grace);
  };
  let stopping: Promise<void> | undefined;
  const ended = child.exited.then(async (status) => {
    // Also kills what it leaves behind when it exits by itself.
    await (stopping ?? terminate());
    await process.untrack();
    return status;
  });
  return {
    child,
    ended,
    failure: ({ code, signal }) =>
      commandError(
        { exitCode: code, signal, stdout: '', stderr: stderr.toString(), command },
        { secrets, isOutputSecret },
      ),
    stop: async () => {
      stopping ??= (keepStdin ? closeInput() : Promise.resolve()).then(terminate);
      await stopping;
      // A process that survives SIGKILL is not waited for.
      if (child.hasExited()) await ended;
      child.release();
    },
  };
}
