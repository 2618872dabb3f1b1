import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeChild } from './fake-script.js';

/** What one invocation of a fake CLI saw and did, as far as it has come. */
export interface FakeInvocation {
  /** The arguments after the binary. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly pid: number;
  readonly started: Date;
  /** What was read from stdin: its first 16 MiB, as UTF-8. */
  readonly stdin: string;
  /** How many bytes were read from stdin. */
  readonly stdinBytes: number;
  /** Whether stdin was read to its end. */
  readonly stdinEnded: boolean;
  /** Signals that came after `ignore` or `on`, in order. */
  readonly signals: readonly string[];
  /** Processes that it started. */
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

/** In the order in which they started. */
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

/** Every process that the fake ever was or started, with what tells it from a later one of the same pid. */
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

/** Whole lines only: the last one may be in the making. */
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
