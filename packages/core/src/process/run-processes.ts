import { type ProcessId, type ProcessInfo, platform } from './platform/index.js';
import { listProcesses, listRunProcesses } from './process-snapshot.js';
import { descendantsOf, orphanedGroup } from './process-tree.js';

const keyOf = (id: ProcessId): string => `${id.pid}:${id.startTime}`;

/** Processes of a run that still exist. */
export interface Survivors {
  readonly processes: readonly ProcessInfo[];
  /** `false` if the system did not show all processes. */
  readonly isComplete: boolean;
  /** `false` if processes started or exited during the listing, so that some may have been missed. */
  readonly isStable: boolean;
}

/**
 * The known processes of a run: the descendants recorded while the root ran, the members of its group, and all
 * processes with the id of the run in their environment. Identifies each process by pid and start time before it
 * sends a signal.
 */
export class RunProcesses {
  readonly root: ProcessId;
  readonly runId: string;
  readonly descendants = new Map<string, ProcessId>();
  /** Whether processes of the run may remain that could not be looked for. */
  isUncertain = false;
  readonly #ownsGroup: boolean;

  /** @param options.ownsGroup `false` if the number of the group may have been reused */
  constructor(root: ProcessId, runId: string, { ownsGroup = true }: { readonly ownsGroup?: boolean } = {}) {
    this.root = root;
    this.runId = runId;
    this.#ownsGroup = ownsGroup && platform.groups && root.pid > 1;
  }

  /**
   * Records the descendants of the root, which must be alive: afterwards its children have another parent.
   *
   * @param since time (`performance.now()`) from which on a listing is recent enough
   */
  snapshotDescendants(since: number = performance.now()): void {
    for (const info of descendantsOf(this.root.pid, listProcesses(since))) this.descendants.set(keyOf(info), info);
  }

  /**
   * Sends a signal to the root or to its group. Does so only while the root runs or is a zombie: its pid cannot be
   * reused then.
   */
  signal(signal: NodeJS.Signals, to: 'root' | 'group'): boolean {
    return platform.kill(to === 'group' && this.#ownsGroup ? -this.root.pid : this.root.pid, signal);
  }

  /** Kills the remaining members of the group without listing them, for a system that does not list its processes. */
  killGroup(): void {
    if (this.#ownsGroup) platform.kill(-this.root.pid, 'SIGKILL');
  }

  /**
   * Returns the running processes except the root.
   *
   * @param since time (`performance.now()`) from which on a listing is recent enough
   * @param options `includeDetached: false` omits processes that only the id of the run identifies
   */
  survivors(since: number, options: { readonly includeDetached: boolean }): Survivors {
    const table = listProcesses(since);
    const found: ProcessInfo[] = [];
    for (const [key, { pid }] of this.descendants) {
      const info = table.find(pid);
      if (info !== undefined && keyOf(info) === key) found.push(info);
    }
    if (this.#ownsGroup) found.push(...orphanedGroup(this.root, table));
    const listings = [table.listing];
    if (options.includeDetached) {
      const runs = listRunProcesses(since);
      found.push(...runs.processesOf(this.runId));
      listings.push(runs.listing);
    }
    // The descendants of a survivor would get another parent, and be lost, when it is killed.
    const unique = new Map(found.map((info) => [keyOf(info), info]));
    for (const info of found) for (const child of descendantsOf(info.pid, table)) unique.set(keyOf(child), child);
    unique.delete(keyOf(this.root));
    return {
      processes: [...unique.values()].filter(({ pid }) => pid !== process.pid),
      isComplete: listings.every(({ isComplete }) => isComplete),
      isStable: listings.every(({ isStable }) => isStable),
    };
  }
}
