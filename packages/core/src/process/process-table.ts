import type { Listing, ProcessInfo } from './platform/index.js';

/** A listing with indexes, so that the processes of many runs are found in one pass. */
export class ProcessTable<T extends ProcessInfo = ProcessInfo> {
  readonly listing: Listing<T>;
  readonly #byPid = new Map<number, T>();
  readonly #byParent = new Map<number, T[]>();
  readonly #byGroup = new Map<number, T[]>();

  constructor(listing: Listing<T>) {
    this.listing = listing;
    for (const info of listing.processes) {
      this.#byPid.set(info.pid, info);
      append(this.#byParent, info.ppid, info);
      append(this.#byGroup, info.pgid, info);
    }
  }

  find(pid: number): T | undefined {
    return this.#byPid.get(pid);
  }

  childrenOf(pid: number): readonly T[] {
    return this.#byParent.get(pid) ?? [];
  }

  group(pgid: number): readonly T[] {
    return this.#byGroup.get(pgid) ?? [];
  }
}

function append<T>(map: Map<number, T[]>, key: number, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
