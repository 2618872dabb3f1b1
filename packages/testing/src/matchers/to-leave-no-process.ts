import { readFileSync } from 'node:fs';
import { livingPids } from '../processes/is-alive.js';
import { failed, type MatcherResult, passed } from './matcher-result.js';

/** A fake CLI, or pids. */
export type ProcessOwner = number | readonly number[] | { pids(): readonly number[] };

/** Options of `toLeaveNoProcess()`. */
export interface LeaveNoProcessOptions {
  /** Time limit for the processes to exit, in ms. Default 6,000. */
  readonly within?: number | undefined;
}

const DEFAULT_WITHIN_MS = 6000;
const INTERVAL_MS = 15;

/** Implements `CodexMatchers.toLeaveNoProcess`. */
export async function toLeaveNoProcess(
  owner: ProcessOwner,
  { within = DEFAULT_WITHIN_MS }: LeaveNoProcessOptions = {},
): Promise<MatcherResult> {
  const end = performance.now() + within;
  for (;;) {
    const alive = livingPids(pidsOf(owner));
    if (alive.length === 0)
      return passed(`Expected a process to stay alive, but all ${String(pidsOf(owner).length)} have exited.`);
    if (performance.now() >= end)
      return failed(
        `Expected no process after ${String(within)} ms, got ${String(alive.length)}:\n${alive.map(describe).join('\n')}`,
      );
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
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
