import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../util/package-root.js';
import type { HostActions, HostLimits, Observation } from './case-spec.js';
import type { ConformanceModule, ConformanceSubject } from './types.js';

/** The subscriber of a run: this process, or a process of its own. */
export interface Host {
  /** 0 for this process. */
  readonly pid: number;
  /** Resolves when the run ends. Never rejects; stays pending if the run does not end or the host exits. */
  readonly observed: Promise<Observation>;
  /** Returns why the host exited early. */
  crash(): string | undefined;
  /** Stops the host. Resolves to its memory growth in MiB and its problems. */
  finish(): Promise<HostReport>;
}

const program = (): string => join(packageRoot(), 'programs', 'conformance-host.cjs');
const MIB = 1024 * 1024;
const EXIT_TIMEOUT_MS = 5_000;
const MAX_STDERR_LENGTH = 64 * 1024;

interface HostReport {
  readonly rssGrowth: number;
  readonly hostProblems: readonly string[];
}
interface Messages {
  /** Peak memory (MiB) before the subject is called. */
  readonly baseline?: number;
  readonly observed?: Observation;
  readonly finished?: HostReport;
}

/** Starts a process that loads the module and subscribes to the run. */
export function startHostProcess(
  subject: ConformanceModule,
  actions: HostActions,
  env: NodeJS.ProcessEnv,
  cwd: string,
  descriptors: HostLimits['descriptors'],
): Host {
  const limit = descriptors === undefined ? '' : `ulimit -n ${descriptors}; `;
  const command = [process.execPath, program()];
  const [file = '', ...args] = limit === '' ? command : ['/bin/sh', '-c', `${limit}exec "$@"`, 'sh', ...command];
  // In its own process group, because some clients signal their whole group.
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-MAX_STDERR_LENGTH);
  });
  child.on('error', (error) => {
    stderr += error.message;
  });
  const exited = new Promise<void>((resolve) => {
    child.once('close', resolve);
  });
  const { module } = subject;
  const url = typeof module === 'string' && isAbsolute(module) ? pathToFileURL(module) : module;
  child.send({ module: String(url), name: subject.name ?? 'createExec$', actions });
  let baseline: number | undefined;
  void nextMessage(child, (message) => message.baseline).then((peak) => {
    baseline = peak;
  });
  const observed = nextMessage(child, (message) => message.observed);
  return {
    pid: child.pid ?? 0,
    observed,
    crash: () => (hasExited(child) ? `${errorLine(stderr)} (${describeExit(child)})` : undefined),
    async finish() {
      if (hasExited(child)) return { rssGrowth: 0, hostProblems: [] };
      const report = nextMessage(child, (message) => message.finished);
      child.send({ finish: true }, () => undefined);
      // The host may not reply.
      const rssGrowth = Math.round(Math.max(0, peakMemory(child.pid) - (baseline ?? Number.POSITIVE_INFINITY)));
      const finished = await Promise.race([report, exited.then(() => undefined), after(EXIT_TIMEOUT_MS)]);
      await Promise.race([exited, after(EXIT_TIMEOUT_MS)]);
      const hostProblems = [...(finished?.hostProblems ?? [])];
      if (!hasExited(child)) hostProblems.push('the host is kept alive');
      else if (child.exitCode !== 0) hostProblems.push(`the host crashed: ${errorLine(stderr)}`);
      child.kill('SIGKILL');
      await exited;
      return { rssGrowth: finished?.rssGrowth ?? rssGrowth, hostProblems };
    },
  };
}

/** Returns the peak memory in MiB; 0 if unknown. */
function peakMemory(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

const describeExit = (child: ChildProcess): string =>
  child.signalCode === null ? `exit code ${child.exitCode}` : `ended by ${child.signalCode}`;

const hasExited = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Resolves to the first message for which `project` returns a value. */
function nextMessage<T>(child: ChildProcess, project: (message: Messages) => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      const value = project(message as Messages);
      if (value !== undefined) resolve(value);
    });
  });
}

/** Returns the line of the error. Node prints the line of code before it. */
function errorLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /^\S*Error\b.*:/.test(line)) ?? lines.at(-1) ?? 'without output').slice(0, 160);
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, undefined).unref();
  });
}

interface Driver {
  readonly drive: (
    subject: ConformanceSubject,
    actions: HostActions,
  ) => { readonly promise: Promise<Observation>; readonly release: () => void };
}

/** Subscribes in this process. Cases that crash the host or change its environment need a host process. */
export function startHostInProcess(subject: ConformanceSubject, actions: HostActions): Host {
  const { drive } = createRequire(program())(program()) as Driver;
  const hostProblems: string[] = [];
  const addProblem = (error: unknown): void => {
    hostProblems.push(`unhandled error: ${String(error)}`);
  };
  process.on('uncaughtException', addProblem).on('unhandledRejection', addProblem);
  const before = process.memoryUsage().rss;
  const run = drive(subject, actions);
  return {
    pid: 0,
    observed: run.promise,
    crash: () => undefined,
    async finish() {
      run.release();
      // Late errors are thrown in the next turns of the event loop.
      await after(20);
      process.off('uncaughtException', addProblem).off('unhandledRejection', addProblem);
      return { rssGrowth: Math.max(0, Math.round((process.memoryUsage().rss - before) / MIB)), hostProblems };
    },
  };
}
