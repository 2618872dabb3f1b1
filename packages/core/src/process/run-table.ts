import type { Listing, TaggedProcess } from './platform/index.js';
import { runIdsOf } from './run-id.js';

/** The processes of all runs, by the ids of their runs. */
export class RunTable {
  readonly listing: Listing<TaggedProcess>;
  readonly #byRun = new Map<string, TaggedProcess[]>();

  constructor(listing: Listing<TaggedProcess>) {
    this.listing = listing;
    for (const info of listing.processes) {
      for (const id of new Set(runIdsOf(info.value))) {
        const processes = this.#byRun.get(id);
        if (processes === undefined) this.#byRun.set(id, [info]);
        else processes.push(info);
      }
    }
  }

  processesOf(runId: string): readonly TaggedProcess[] {
    return this.#byRun.get(runId) ?? [];
  }
}
