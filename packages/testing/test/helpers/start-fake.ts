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
  if (child.stdout === null || child.stderr === null) throw new Error('The child must have pipes.');
  const [[code, signal], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
    buffer(child.stdout),
    text(child.stderr),
  ]);
  return { code, signal, stdout, stderr };
}

/** Runs the fake with a prompt on stdin. Resolves when it has exited. */
export async function run(fake: FakeCodex, argv?: readonly string[], prompt = '', options?: SpawnOptions) {
  const child = start(fake, argv, options);
  child.stdin?.on('error', () => {
    // The fake exited before it had read stdin.
  });
  child.stdin?.end(prompt);
  return ended(child);
}
