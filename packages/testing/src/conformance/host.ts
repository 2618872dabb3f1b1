import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../util/package-root.js';
import type { HostActions, HostLimits, Observation } from './case-spec.js';
import type { ConformanceModule, ConformanceSubject } from './types.js';

/** Whoever subscribes, in this process or in one of its own. */
export interface Host {
  /** 0 if it is this process. */
  readonly pid: number;
  /** What it saw; never rejects. Stays open if it sees no end, and if it dies. */
  readonly observed: Promise<Observation>;
  /** Why it died before it was asked to end. */
  crash(): string | undefined;
  /** Asks it to end, and tells what else there was to tell. */
  finish(): Promise<{ readonly rssGrowth: number; readonly trouble: readonly string[] }>;
}

const program = (): string => join(packageRoot(), 'programs', 'conformance-host.cjs');
const MIB = 1024 * 1024;
/** Milliseconds for a host that has nothing to do any more. */
const LEAVE_WITHIN = 5_000;
const KEPT = 64 * 1024;

interface Finished {
  readonly rssGrowth: number;
  readonly trouble: readonly string[];
}
interface Messages {
  /** Highest memory (MiB) before the subject is called. */
  readonly baseline?: number;
  readonly observed?: Observation;
  readonly finished?: Finished;
}

export function startHostProcess(
  subject: ConformanceModule,
  plan: HostActions,
  env: NodeJS.ProcessEnv,
  cwd: string,
  descriptors: HostLimits['descriptors'],
): Host {
  const limit = descriptors === undefined ? '' : `ulimit -n ${descriptors}; `;
  const command = [process.execPath, program()];
  const [file = '', ...args] = limit === '' ? command : ['/bin/sh', '-c', `${limit}exec "$@"`, 'sh', ...command];
  // In a group of its own: there are clients that signal their whole group by mistake.
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-KEPT);
  });
  child.on('error', (error) => {
    stderr += error.message;
  });
  const exited = new Promise<void>((resolve) => {
    child.once('close', resolve);
  });
  const { module } = subject;
  const url = typeof module === 'string' && isAbsolute(module) ? pathToFileURL(module) : module;
  child.send({ module: String(url), name: subject.name ?? 'createExec$', plan });
  let baseline: number | undefined;
  void heard(child, (message) => message.baseline).then((peak) => {
    baseline = peak;
  });
  const observed = heard(child, (message) => message.observed);
  return {
    pid: child.pid ?? 0,
    observed,
    crash: () => (hasEnded(child) ? `${lastWords(stderr)} (${howEnded(child)})` : undefined),
    async finish() {
      if (hasEnded(child)) return { rssGrowth: 0, trouble: [] };
      const answer = heard(child, (message) => message.finished);
      child.send({ finish: true }, () => undefined);
      // A host that does not answer any more is measured from outside.
      const rssGrowth = Math.round(Math.max(0, highestMemory(child.pid) - (baseline ?? Number.POSITIVE_INFINITY)));
      const finished = await Promise.race([answer, exited.then(() => undefined), after(LEAVE_WITHIN)]);
      await Promise.race([exited, after(LEAVE_WITHIN)]);
      const trouble = [...(finished?.trouble ?? [])];
      if (!hasEnded(child)) trouble.push('the host is kept alive');
      else if (child.exitCode !== 0) trouble.push(`the host crashed: ${lastWords(stderr)}`);
      child.kill('SIGKILL');
      await exited;
      return { rssGrowth: finished?.rssGrowth ?? rssGrowth, trouble };
    },
  };
}

/** In MiB; 0 where the system does not say. */
function highestMemory(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

const howEnded = (child: ChildProcess): string =>
  child.signalCode === null ? `exit code ${child.exitCode}` : `ended by ${child.signalCode}`;

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

function heard<T>(child: ChildProcess, pick: (message: Messages) => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      const picked = pick(message as Messages);
      if (picked !== undefined) resolve(picked);
    });
  });
}

/** Node prints the line of code first, and what was thrown after it. */
function lastWords(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => /^\S*Error\b.*:/.test(line)) ?? lines.at(-1) ?? 'without a word').slice(0, 160);
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, undefined).unref();
  });
}

interface Driver {
  readonly drive: (
    subject: ConformanceSubject,
    plan: HostActions,
  ) => { readonly promise: Promise<Observation>; readonly release: () => void };
}

/** The host is this process: what it cannot do without harm (crash, lose its environment) is left to host processes. */
export function startHostInProcess(subject: ConformanceSubject, plan: HostActions): Host {
  const { drive } = createRequire(program())(program()) as Driver;
  const trouble: string[] = [];
  const note = (error: unknown): void => {
    trouble.push(`nobody handled ${String(error)}`);
  };
  process.on('uncaughtException', note).on('unhandledRejection', note);
  const before = process.memoryUsage().rss;
  const run = drive(subject, plan);
  return {
    pid: 0,
    observed: run.promise,
    crash: () => undefined,
    async finish() {
      run.release();
      // What is thrown late is thrown in the next turns.
      await after(20);
      process.off('uncaughtException', note).off('unhandledRejection', note);
      return { rssGrowth: Math.max(0, Math.round((process.memoryUsage().rss - before) / MIB)), trouble };
    },
  };
}
