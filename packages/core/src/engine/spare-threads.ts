import { isDeepStrictEqual } from 'node:util';
import { defer, firstValueFrom, type Observable } from 'rxjs';
import type { ServerHub } from '../app-server/server/server-hub.js';
import { startThread$ } from '../app-server/thread/open-thread.js';
import type { ThreadHub } from '../app-server/thread/thread-hub.js';
import type { ThreadOptions } from '../app-server/thread/thread-options.js';

/** An older thread has read its instructions and its configuration too long ago. */
const MAX_AGE_MS = 60_000;

interface Spare {
  readonly thread: Promise<ThreadHub | undefined>;
  /** `performance.now()` of the start. */
  readonly startedAt: number;
}

/** The spare threads of one server, for the options of its last run. */
interface Spares {
  readonly options: ThreadOptions;
  readonly threads: Spare[];
}

/** Threads that are started ahead, per server. */
export class SpareThreads {
  readonly #count: number;
  readonly #spares = new WeakMap<ServerHub, Spares>();

  constructor(count: number) {
    this.#count = count;
  }

  /** Emits a spare thread with these options, otherwise starts one. */
  start$(hub: ServerHub, options: ThreadOptions): Observable<ThreadHub> {
    return defer(async () => (await this.#take(hub, options)) ?? firstValueFrom(startThread$(hub, options)));
  }

  /** Starts the missing threads for the next run with these options. */
  refill(hub: ServerHub, options: ThreadOptions): void {
    const known = this.#of(hub, options);
    const spares = known ?? { options, threads: [] };
    if (known === undefined) {
      for (const spare of this.#spares.get(hub)?.threads ?? []) void drop(hub, spare);
      this.#spares.set(hub, spares);
    }
    while (spares.threads.length < this.#count) {
      const thread = firstValueFrom(startThread$(hub, options)).catch(() => undefined);
      spares.threads.push({ thread, startedAt: performance.now() });
    }
  }

  async #take(hub: ServerHub, options: ThreadOptions): Promise<ThreadHub | undefined> {
    const threads = this.#of(hub, options)?.threads ?? [];
    for (let spare = threads.shift(); spare !== undefined; spare = threads.shift()) {
      const thread = await spare.thread;
      const isFresh = performance.now() - spare.startedAt < MAX_AGE_MS;
      if (isFresh && thread !== undefined && thread.error === undefined) return thread;
      void drop(hub, spare);
    }
    return undefined;
  }

  #of(hub: ServerHub, options: ThreadOptions): Spares | undefined {
    const spares = this.#spares.get(hub);
    return spares !== undefined && isDeepStrictEqual(spares.options, options) ? spares : undefined;
  }
}

async function drop(hub: ServerHub, spare: Spare): Promise<void> {
  const thread = await spare.thread;
  if (thread === undefined || hub.findThread(thread.id) !== thread) return;
  hub.release(thread.id);
  const unsubscribe$ = hub.request$('thread/unsubscribe', { threadId: thread.id });
  await firstValueFrom(unsubscribe$, { defaultValue: undefined }).catch(() => undefined);
}
