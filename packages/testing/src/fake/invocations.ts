import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeChild } from './fake-script.js';

/** The report of one invocation of a fake CLI, current up to its latest step. */
export interface FakeInvocation {
  /** The arguments after the binary. */
  readonly argv: readonly string[];
  /** The environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  /** The working directory of the process. */
  readonly cwd: string;
  /** The process id. */
  readonly pid: number;
  /** When the process started. */
  readonly started: Date;
  /** The first 16 MiB that were read from stdin, as UTF-8. */
  readonly stdin: string;
  /** Number of bytes that were read from stdin. */
  readonly stdinBytes: number;
  /** Whether stdin was read to its end. */
  readonly stdinEnded: boolean;
  /** Signals that arrived after `ignore` or `on`, in order. */
  readonly signals: readonly string[];
  /** Processes that the invocation started. */
  readonly children: readonly { readonly kind: FakeChild['kind']; readonly pid: number }[];
}

interface StartReport {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly pid: number;
  readonly startTime: string;
  readonly started: number;
}

interface ChildReport {
  readonly kind: FakeChild['kind'];
  readonly pid: number;
  readonly startTime: string;
}

/** Returns the reports of the invocations, in the order of their starts. */
export function readInvocations(folder: string): FakeInvocation[] {
  return reports(folder).map(([report, { argv, env, cwd, pid, started }]) => {
    const stdin = read(join(report, 'stdin')) ?? Buffer.alloc(0);
    const end = json(join(report, 'stdin.json')) as { bytes: number; ended: boolean } | undefined;
    return {
      argv,
      env,
      cwd,
      pid,
      started: new Date(started),
      stdin: stdin.toString('utf8'),
      stdinBytes: end?.bytes ?? stdin.length,
      stdinEnded: end?.ended ?? false,
      signals: textLines(join(report, 'signals')),
      children: children(report).map(({ kind, pid }) => ({ kind, pid })),
    };
  });
}

/** Returns all processes of the fake, with the start time that distinguishes them from later ones with the same pid. */
export function readProcesses(folder: string): { pid: number; startTime: string }[] {
  return reports(folder).flatMap(([report, { pid, startTime }]) => [{ pid, startTime }, ...children(report)]);
}

function reports(folder: string): [string, StartReport][] {
  return listFolder(join(folder, 'invocations')).flatMap((report) => {
    const start = json(join(report, 'started.json')) as StartReport | undefined;
    return start === undefined ? [] : [[report, start]];
  });
}

const children = (report: string): ChildReport[] =>
  textLines(join(report, 'children')).map((line) => JSON.parse(line) as ChildReport);

export function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Returns the complete lines. The last line may still be in the process of being written. */
const textLines = (path: string): string[] => (read(path)?.toString('utf8') ?? '').split('\n').slice(0, -1);

function json(path: string): unknown {
  const text = read(path);
  return text === undefined ? undefined : JSON.parse(text.toString('utf8'));
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
