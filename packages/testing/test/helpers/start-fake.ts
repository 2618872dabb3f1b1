import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer, text } from 'node:stream/consumers';
import type { FakeCodex } from '../../src/fake/index.js';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export function start(fake: FakeCodex, argv: readonly string[] = ['exec', '--json', '-'], options: SpawnOptions = {}) {
  return spawn(fake.binary, argv, { stdio: 'pipe', ...options });
}

export async function ended(child: ChildProcess): Promise<Ended> {
  if (child.stdout === null || child.stderr === null) throw new Error('needs pipes');
  const [[code, signal], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
    buffer(child.stdout),
    text(child.stderr),
  ]);
  return { code, signal, stdout, stderr };
}

/** Starts it, gives it that prompt, and waits for its end. */
export async function run(fake: FakeCodex, argv?: readonly string[], prompt = '', options?: SpawnOptions) {
  const child = start(fake, argv, options);
  child.stdin?.on('error', () => {
    // The fake left before it had read everything.
  });
  child.stdin?.end(prompt);
  return ended(child);
}
