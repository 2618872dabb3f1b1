import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import crossSpawn from 'cross-spawn';
import { platform } from './platform/index.js';
import { startTimeOf } from './process-state.js';
import { RunProcesses } from './run-processes.js';
import { checkWorkingDirectory, spawnFailure } from './spawn-failure.js';
import type { Terminable } from './terminate.js';

export interface SpawnSpec {
  readonly binary: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Written to standard input, which is then closed. */
  readonly stdin: string | undefined;
  /** Leaves standard input open, to be written to. */
  readonly keepStdin?: boolean | undefined;
  readonly runId: string;
}

export interface ExitStatus {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Child extends Terminable {
  readonly pid: number;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly exited: Promise<ExitStatus>;
  /** The process keeps the host alive, as it does after the spawn. */
  ref(): void;
  /** The process and its pipes do not keep the host alive. */
  unref(): void;
  /** Releases the pipes, which another process may keep open. */
  release(): void;
}

/** Another thread or process may be writing the file that was just installed: "text file busy" passes. */
const BUSY_RETRIES = 6;
const FIRST_BUSY_PAUSE = 2;

/**
 * Starts a process in its own group (POSIX), with all three pipes. Calls `onStart` in the same tick in which the
 * system starts the process, so that a host that exits immediately afterwards can kill it. Errors: `SpawnError`,
 * `BinaryNotFoundError`.
 */
export async function spawnChild(spec: SpawnSpec, onStart: (child: Child) => void): Promise<Child> {
  checkWorkingDirectory(spec.cwd);
  let pause = FIRST_BUSY_PAUSE;
  for (let attempt = 0; ; attempt += 1) {
    let pid: number | undefined;
    try {
      const started = start(spec);
      pid = started.pid;
      if (started.pid === undefined) await once(started, 'spawn');
      const child = wrapChild(started, spec);
      onStart(child);
      return child;
    } catch (error) {
      // Kill a process that could not be registered.
      if (pid !== undefined) platform.kill(platform.groups ? -pid : pid, 'SIGKILL');
      const isBusy = (error as NodeJS.ErrnoException | undefined)?.code === 'ETXTBSY';
      if (!isBusy || attempt >= BUSY_RETRIES) throw spawnFailure(spec.binary, spec.cwd, error);
      await delay(pause);
      pause *= 2;
    }
  }
}

/** Most failures are emitted as an `error` event, without a pid. Some are thrown. */
function start(spec: SpawnSpec): ChildProcess {
  return crossSpawn(spec.binary, [...spec.argv], {
    cwd: spec.cwd,
    env: spec.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: platform.groups,
    windowsHide: true,
  });
}

function wrapChild(child: ChildProcess, spec: SpawnSpec): Child {
  const { pid, stdin, stdout, stderr } = child;
  if (pid === undefined || stdin === null || stdout === null || stderr === null) {
    throw new Error('the process has no pid or no pipes');
  }
  let hasExited = false;
  const exited = new Promise<ExitStatus>((resolve) => {
    child.once('exit', (code, signal) => {
      hasExited = true;
      resolve({ code, signal });
    });
  });
  // A child that does not read its input, or is gone before, is judged by how it ends, not by EPIPE.
  for (const emitter of [child, stdin, stdout, stderr]) emitter.on('error', () => undefined);
  if (spec.keepStdin === true) stdin.write(spec.stdin ?? '');
  else stdin.end(spec.stdin ?? '');
  // The pipes of a process are sockets.
  const handles = [child, stdin, stdout, stderr] as readonly { ref?: () => void; unref?: () => void }[];
  return {
    pid,
    stdin,
    stdout,
    stderr,
    exited,
    hasExited: () => hasExited,
    processes: new RunProcesses({ pid, startTime: startTimeOf(pid) }, spec.runId),
    ref() {
      for (const handle of handles) handle.ref?.();
    },
    unref() {
      for (const handle of handles) handle.unref?.();
    },
    release() {
      stdin.destroy();
      stdout.destroy();
      stderr.destroy();
      // A process that could not be ended must not keep the host alive.
      child.unref();
    },
  };
}
