import { stopWhenIdle } from '../process/pending-runs.js';

/** A server of the pool. */
export interface PooledServer {
  /** Resolves when the server is gone. Never rejects. */
  readonly ended: Promise<unknown>;
  /** The server keeps the host process alive, as it does after it was opened. */
  ref(): void;
  /** The server does not keep the host process alive. */
  unref(): void;
  /** Resolves when nothing of the server is left. May be called again. */
  close(): Promise<void>;
}

/** The server that a run needs. */
export interface ServerSpec<S> {
  /** Runs with the same id share a server. */
  readonly id: string;
  /**
   * Returns the version of a server that starts now. A server of another version starts no further run, and closes when
   * its runs have ended.
   */
  version(): string;
  open(signal: AbortSignal): Promise<S>;
}

/** The use of a server by one run. */
export interface Lease<S> {
  /** Rejects if the server cannot be opened. */
  readonly server: Promise<S>;
  /** Ends the use. Later calls do nothing. */
  release(): void;
  /** Starts no further run on this server. */
  retire(): void;
}

export interface PoolOptions {
  /** Processes at the same time, also those that are closing. */
  readonly maxServers: number;
  /** Milliseconds until an unused server is closed; `Infinity`: never. */
  readonly idleStop: number;
}

interface Entry<S> {
  readonly id: string;
  readonly version: string;
  readonly opening: AbortController;
  readonly server: Promise<S>;
  users: number;
  /** `retired`: closes when its runs have ended. */
  state: 'open' | 'retired' | 'closing';
  /** Position in the order of use. */
  lastUsed: number;
  timer: NodeJS.Timeout | undefined;
  closed: Promise<void> | undefined;
  readonly onGone: (() => void)[];
}

interface Waiter<S> {
  readonly spec: ServerSpec<S>;
  readonly grant: (lease: Lease<S>) => void;
}

/**
 * Servers by id. Starts them when they are needed and closes them when they are idle. At most `maxServers` exist: a
 * further one replaces the one that has been idle longest, or waits until one is idle.
 */
export class ServerPool<S extends PooledServer> {
  readonly #options: PoolOptions;
  readonly #entries = new Set<Entry<S>>();
  #waiters: Waiter<S>[] = [];
  #uses = 0;
  #unlisten: () => void = () => undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** The number of servers that exist. */
  get size(): number {
    return this.#entries.size;
  }

  /** Resolves with the use of a server when one is available. Rejects with the reason of `signal`. */
  acquire(spec: ServerSpec<S>, signal: AbortSignal): Promise<Lease<S>> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter<S> = {
        spec,
        grant: (lease) => {
          signal.removeEventListener('abort', leave);
          resolve(lease);
        },
      };
      const leave = (): void => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        reject(signal.reason as Error);
      };
      if (signal.aborted) {
        leave();
        return;
      }
      signal.addEventListener('abort', leave, { once: true });
      this.#waiters.push(waiter);
      this.#grant();
    });
  }

  /** Closes the servers that no run uses. Resolves when they are gone. */
  async stopIdle(): Promise<void> {
    const idle = [...this.#entries].filter(({ users }) => users === 0);
    await Promise.all(idle.map((entry) => this.#close(entry)));
  }

  /**
   * Resolves when no other server has a thread that a run on the server of `id` resumes: closes those that no run uses,
   * and waits for the retired ones of this id.
   */
  async releaseThreads(id: string): Promise<void> {
    const others = [...this.#entries].filter((one) => (one.id === id ? one.state !== 'open' : one.users === 0));
    await Promise.all(
      others.map((entry) =>
        entry.users === 0 ? this.#close(entry) : new Promise<void>((resolve) => entry.onGone.push(resolve)),
      ),
    );
  }

  /** Grants what is possible, in the order of the calls. Runs whose server exists do not wait for those before them. */
  #grant(): void {
    /** The servers that cannot start yet. */
    const missing = new Set<string>();
    for (const waiter of this.#waiters) {
      const entry = this.#find(waiter.spec) ?? this.#open(waiter.spec);
      if (entry === undefined) missing.add(waiter.spec.id);
      else {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        waiter.grant(this.#use(entry));
      }
    }
    this.#makePlace(missing.size);
  }

  #find(spec: ServerSpec<S>): Entry<S> | undefined {
    const entry = [...this.#entries].find((one) => one.id === spec.id && one.state === 'open');
    if (entry === undefined || entry.version === spec.version()) return entry;
    this.#retire(entry);
    return undefined;
  }

  #open(spec: ServerSpec<S>): Entry<S> | undefined {
    if (this.#entries.size >= this.#options.maxServers) return undefined;
    // It may still have a thread that the next run resumes.
    if ([...this.#entries].some((one) => one.id === spec.id && one.state === 'closing')) return undefined;
    const version = spec.version();
    const opening = new AbortController();
    const server = spec.open(opening.signal);
    const entry: Entry<S> = {
      ...{ id: spec.id, version, opening, server, users: 0, state: 'open' as const, lastUsed: 0, timer: undefined },
      closed: undefined,
      onGone: [],
    };
    if (this.#entries.size === 0) this.#unlisten = stopWhenIdle(() => this.stopIdle());
    this.#entries.add(entry);
    server.then(
      (opened) => {
        if (entry.users === 0) opened.unref();
        void opened.ended.then(() => {
          this.#remove(entry);
        });
      },
      () => {
        this.#remove(entry);
      },
    );
    return entry;
  }

  #use(entry: Entry<S>): Lease<S> {
    clearTimeout(entry.timer);
    if (entry.users === 0)
      withServer(entry, (server) => {
        server.ref();
      });
    entry.users += 1;
    let isReleased = false;
    return {
      server: entry.server,
      release: () => {
        if (isReleased) return;
        isReleased = true;
        this.#release(entry);
      },
      retire: () => {
        this.#retire(entry);
      },
    };
  }

  #release(entry: Entry<S>): void {
    entry.users -= 1;
    if (entry.users > 0) return;
    this.#uses += 1;
    entry.lastUsed = this.#uses;
    const { idleStop } = this.#options;
    if (entry.state === 'retired' || idleStop === 0) void this.#close(entry);
    else if (this.#entries.has(entry)) this.#rest(entry, idleStop);
    this.#grant();
  }

  #rest(entry: Entry<S>, idleStop: number): void {
    withServer(entry, (server) => {
      server.unref();
    });
    if (!Number.isFinite(idleStop)) return;
    entry.timer = setTimeout(() => void this.#close(entry), idleStop);
    entry.timer.unref();
  }

  #retire(entry: Entry<S>): void {
    if (entry.state !== 'open') return;
    entry.state = 'retired';
    if (entry.users === 0) void this.#close(entry);
  }

  /** Closes the servers that have been idle longest until this number can start, with those that are closing. */
  #makePlace(count: number): void {
    const states = [...this.#entries].map(({ state }) => state);
    const places = this.#options.maxServers - states.filter((state) => state !== 'closing').length;
    const idle = [...this.#entries].filter(({ state, users }) => state === 'open' && users === 0);
    idle.sort((one, other) => one.lastUsed - other.lastUsed);
    for (const entry of idle.slice(0, Math.max(0, count - places))) void this.#close(entry);
  }

  #close(entry: Entry<S>): Promise<void> {
    clearTimeout(entry.timer);
    entry.state = 'closing';
    entry.opening.abort();
    // A server that cannot be opened or closed is gone, too.
    entry.closed ??= entry.server.then((server) => server.close()).catch(() => undefined);
    return entry.closed.then(() => {
      this.#remove(entry);
    });
  }

  #remove(entry: Entry<S>): void {
    clearTimeout(entry.timer);
    if (!this.#entries.delete(entry)) return;
    for (const resolve of entry.onGone) resolve();
    if (this.#entries.size === 0) this.#unlisten();
    this.#grant();
  }
}

/** Calls `action` when the server is open; a server that cannot be opened needs none. */
function withServer<S>({ server }: Entry<S>, action: (server: S) => void): void {
  server.then(action, () => undefined);
}
