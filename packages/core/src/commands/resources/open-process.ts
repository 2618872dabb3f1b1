import { AbortError, type ExitError } from '../../errors/index.js';
import { type Child, type ExitStatus, spawnChild } from '../../process/child.js';
import { trackRun } from '../../process/live-runs.js';
import { removeFolder } from '../../process/temporary-folder.js';
import { exitWithin, terminate } from '../../process/terminate.js';
import { BoundedText } from '../../util/bounded-text.js';
import { onAbort } from '../../util/on-abort.js';
import type { CommandOptions } from '../command-options.js';
import { commandError } from '../exit-error.js';
import type { Invoke } from '../invocation.js';
import { type PreparedCommand, prepareCommand } from '../prepare-command.js';

const TERMINATE_GRACE_MS = 2_000;
const KEPT_STDERR_BYTES = 16 * 1024;

/** A command that serves until it is stopped. */
export interface OpenProcess {
  readonly child: Child;
  /** Settles with how it ended, once what it started is gone, too. */
  readonly ended: Promise<ExitStatus>;
  /** How it failed, with what it said of it. */
  failure(status: ExitStatus): ExitError;
  /** Ends it, and waits until it is gone. May be called again. */
  readonly stop: () => Promise<void>;
}

export interface OpenProcessOptions {
  /** Leaves its standard input open; `stop` then closes it and gives it time to end by itself. */
  readonly keepStdin?: boolean | undefined;
  /** Private folders of its own, removed when it has ended. */
  readonly temporary?: readonly string[] | undefined;
  /** Ends it, and keeps it from being started. */
  readonly signal: AbortSignal;
}

export async function openProcess(
  options: CommandOptions,
  invoke: Invoke,
  { keepStdin = false, temporary = [], signal }: OpenProcessOptions,
): Promise<OpenProcess> {
  const started: OpenProcess[] = [];
  try {
    const prepared = await prepareCommand(options, invoke);
    if (signal.aborted) throw new AbortError(signal.reason);
    // In the tick in which it starts: it must not be lost if the host ends right then.
    await spawnChild({ ...prepared, keepStdin }, (child) => {
      started.push(
        supervise(child, prepared, { keepStdin, temporary, grace: options.terminateGrace ?? TERMINATE_GRACE_MS }),
      );
    });
  } catch (error) {
    if (started.length === 0) await removeAll(temporary);
    throw error;
  }
  const [opened] = started;
  if (opened === undefined) throw new Error('a process has started without a start');
  const { child, stop } = opened;
  if (options.mirrorStderr === true) child.stderr.pipe(process.stderr, { end: false });
  onAbort(signal, () => void stop());
  return opened;
}

function supervise(
  child: Child,
  prepared: PreparedCommand,
  { keepStdin, temporary, grace }: { keepStdin: boolean; temporary: readonly string[]; grace: number },
): OpenProcess {
  const untrack = trackRun({ id: prepared.runId, child, paths: temporary });
  const kept = new BoundedText(KEPT_STDERR_BYTES);
  child.stderr.on('data', (chunk: Buffer) => {
    kept.push(chunk);
  });
  const end = async (): Promise<void> => {
    await terminate(child, { grace, includeDetached: true, onSignal: () => undefined });
  };
  let stopping: Promise<void> | undefined;
  const ended = child.exited.then(async (status) => {
    // Also what it leaves behind when it ends by itself.
    await (stopping ?? end());
    untrack();
    await removeAll(temporary);
    return status;
  });
  const closeInput = async (): Promise<void> => {
    child.stdin.end();
    await exitWithin(child, grace);
  };
  return {
    child,
    ended,
    failure: ({ code, signal }) =>
      commandError(
        { exitCode: code, signal, stdout: '', stderr: kept.toString(), command: prepared.command },
        prepared.secrets,
      ),
    stop: async () => {
      stopping ??= (keepStdin ? closeInput() : Promise.resolve()).then(end);
      await stopping;
      // One that cannot be ended is not waited for.
      if (child.hasExited()) await ended;
      child.release();
    },
  };
}

async function removeAll(folders: readonly string[]): Promise<void> {
  await Promise.all(folders.map(removeFolder));
}
