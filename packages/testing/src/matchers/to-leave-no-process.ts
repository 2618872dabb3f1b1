import { readFileSync } from 'node:fs';
import { livingPids } from '../processes/is-alive.js';
import { failed, type MatcherResult, passed } from './matcher-result.js';

/** What may leave processes: a fake CLI, or pids. */
export type ProcessOwner = number | readonly number[] | { pids(): readonly number[] };

export interface LeaveNoProcessOptions {
  /** Milliseconds that they have to go. Default 6,000. */
  readonly within?: number | undefined;
}

const WITHIN = 6000;
const INTERVAL = 15;

/** See `CodexMatchers.toLeaveNoProcess`. */
export async function toLeaveNoProcess(
  owner: ProcessOwner,
  { within = WITHIN }: LeaveNoProcessOptions = {},
): Promise<MatcherResult> {
  const end = performance.now() + within;
  for (;;) {
    const left = livingPids(pidsOf(owner));
    if (left.length === 0) return passed(`No process is left, but ${String(pidsOf(owner).length)} should be.`);
    if (performance.now() >= end)
      return failed(
        `After ${String(within)} ms ${String(left.length)} processes are left:\n${left.map(describe).join('\n')}`,
      );
    await new Promise((resolve) => setTimeout(resolve, INTERVAL));
  }
}

const pidsOf = (owner: ProcessOwner): readonly number[] =>
  typeof owner === 'number' ? [owner] : 'pids' in owner ? owner.pids() : owner;

function describe(pid: number): string {
  return `  ${String(pid)}  ${commandLine(pid)}`;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
      .replaceAll('\0', ' ')
      .trim()
      .slice(0, 200);
  } catch {
    return '';
  }
}
