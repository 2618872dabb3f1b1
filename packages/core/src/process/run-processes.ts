import { type ProcessId, type ProcessInfo, platform } from './platform/index.js';
import { listProcesses, listRunProcesses } from './process-snapshot.js';
import { descendantsOf, orphanedGroup } from './process-tree.js';
import { carriesRunId } from './run-id.js';

const keyOf = (id: ProcessId): string => `${id.pid}:${id.startTime}`;

/**
 * What one run started, as far as it can be known: the descendants that were noted while the root lived, the members of its group, and
 * whatever carries its id. Each is identified by pid and start time before it is signalled.
 */
export class RunProcesses {
  readonly root: ProcessId;
  readonly #runId: string;
  readonly descendants = new Map<string, ProcessId>();

  constructor(root: ProcessId, runId: string) {
    this.root = root;
    this.#runId = runId;
  }

  /** Remembers the descendants of the root, which must be alive: afterwards its children have another parent. */
  snapshotDescendants(): void {
    for (const info of descendantsOf(this.root.pid, listProcesses(performance.now()))) {
      this.descendants.set(keyOf(info), info);
    }
  }

  /** Sends a signal to the root, or to its whole group; only while the root lives, or is not reaped yet: then the numbers are its own. */
  signal(signal: NodeJS.Signals, to: 'root' | 'group'): boolean {
    return platform.kill(to === 'group' && platform.groups ? -this.root.pid : this.root.pid, signal);
  }

  /**
   * What is still alive besides the root, seen at `since` (`performance.now()`) or later. `includeDetached: false` leaves out what only the run's id
   * can find.
   */
  survivors(since: number, options: { includeDetached: boolean }): ProcessInfo[] {
    const processes = listProcesses(since);
    const alive = processes.filter((info) => this.descendants.has(keyOf(info)));
    if (platform.groups) alive.push(...orphanedGroup(this.root, processes));
    if (options.includeDetached) {
      alive.push(...listRunProcesses(since).filter((info) => carriesRunId(info.value, this.#runId)));
    }
    // What a survivor started belongs to it, and would be adopted and lost when it is killed.
    for (const info of [...alive]) alive.push(...descendantsOf(info.pid, processes));
    const unique = new Map(alive.map((info) => [keyOf(info), info]));
    unique.delete(keyOf(this.root));
    return [...unique.values()].filter((info) => info.pid !== process.pid);
  }
}
