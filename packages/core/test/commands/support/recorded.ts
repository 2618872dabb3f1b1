import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FakeCodex, fakeCodex } from '@codex-rx/testing';
import type { CommandOutput } from '../../../src/commands/command-options.js';

/** The output of a real CLI, byte for byte. */
export interface Recorded {
  readonly version: string;
  readonly case: string;
  readonly argv: readonly string[];
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const all: readonly Recorded[] = readFileSync(join(__dirname, '..', 'recorded', 'commands.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

export const recorded = (name: string): Recorded[] => all.filter((one) => one.case === name);

export function recordedAt(version: string, name: string): Recorded {
  const found = all.find((one) => one.version === version && one.case === name);
  if (found === undefined) throw new Error(`no ${version} ${name}`);
  return found;
}

export const outputOf = ({ exitCode, stdout, stderr, argv }: Recorded): CommandOutput => ({
  exitCode,
  stdout,
  stderr,
  signal: null,
  command: ['codex', ...argv].join(' '),
});

/** A stand-in that prints the recorded output for any arguments. */
export function speaking(one: Pick<Recorded, 'stdout' | 'stderr' | 'exitCode'> & { version?: string }): FakeCodex {
  return fakeCodex({
    version: one.version ?? '0.169.0',
    steps: [{ raw: one.stdout }, { stderr: one.stderr }, { exit: one.exitCode }],
  });
}
