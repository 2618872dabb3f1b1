import { type ChildProcess, spawn } from 'node:child_process';
import { waitUntil } from '@codex-rx/testing/processes';
import type { HostSpec } from '../../programs/host.js';
import type { Place } from './leaves-nothing.js';

export interface Host {
  readonly process: ChildProcess;
  readonly pid: number;
  /** The words that the application has written so far. */
  readonly words: readonly string[];
  stderr(): string;
  tell(action: string): boolean;
  heard(word: string): Promise<void>;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

const hosts = new Set<ChildProcess>();

/**
 * Starts the application `program` (a bundle of `programs/host.ts`). Its temporary files go to the folder of the
 * test.
 */
export function startHost(program: string, place: Place, spec: HostSpec): Host {
  const child = spawn(process.execPath, [program, JSON.stringify(spec)], {
    env: { ...process.env, TMPDIR: place.tmp },
    stdio: 'pipe',
  });
  hosts.add(child);
  const words: string[] = [];
  let stderr = '';
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    words.push(...lines);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined);
  return {
    process: child,
    pid: child.pid ?? 0,
    words,
    stderr: () => stderr,
    tell: (action) => child.stdin.write(`${action}\n`),
    heard: async (word) => {
      await waitUntil(() => words.includes(word), 30_000);
    },
    exited: new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        resolve({ code, signal });
      });
    }),
  };
}

export function endHosts(): void {
  for (const child of hosts) child.kill('SIGKILL');
  hosts.clear();
}
