import type { Tool } from '../../request/tool-types.js';
import { RecentSet } from '../../util/recent-set.js';
import { ThreadHub } from '../thread/thread-hub.js';
import { Agents } from './agents.js';
import type { ServerContext } from './server-context.js';

/** Late requests of threads that were released earlier do not arrive any more. */
const MAX_RELEASED = 1_000;

/** The threads of a server that this client uses or observes, and their sub-agents. */
export class ThreadRegistry {
  readonly #server: ServerContext;
  readonly #threads = new Map<string, ThreadHub>();
  /** Threads that another client owns. */
  readonly #observed = new Set<string>();
  /** Threads that are not used any more. */
  readonly #released = new RecentSet<string>(MAX_RELEASED);
  readonly #agents = new Agents();

  constructor(server: ServerContext) {
    this.#server = server;
  }

  /** Returns the thread, which receives its notifications from now on. */
  open(id: string): ThreadHub {
    const known = this.#threads.get(id);
    this.#released.delete(id);
    if (known !== undefined) return known;
    const thread = new ThreadHub(id, this.#server);
    this.#threads.set(id, thread);
    return thread;
  }

  find(id: string): ThreadHub | undefined {
    return this.#threads.get(id);
  }

  all(): Iterable<ThreadHub> {
    return this.#threads.values();
  }

  clear(): void {
    this.#threads.clear();
  }

  observe(id: string): void {
    if (!this.#threads.has(id)) this.#observed.add(id);
  }

  own(id: string): void {
    this.#observed.delete(id);
  }

  release(id: string): void {
    this.#threads.get(id)?.complete();
    this.#threads.delete(id);
    this.#observed.delete(id);
    for (const one of [id, ...this.#agents.descendantsOf(id)]) this.#released.add(one);
    this.#agents.forget(id);
  }

  /** Reads what a notification says about sub-agents. */
  receive(method: string, params: unknown): void {
    this.#agents.receive(method, params, (id) => this.#threads.has(id));
  }

  /** The running turn of a thread, as `turn/interrupt` needs it. */
  activeTurnOf(id: string): string | undefined {
    return this.#agents.activeTurnOf(id) ?? this.#threads.get(id)?.events.active$.value;
  }

  /** The sub-agents of a thread, and theirs. */
  descendantsOf(id: string): readonly string[] {
    return this.#agents.descendantsOf(id);
  }

  /** Whether another client answers for a thread or for the thread that a sub-agent works for. */
  isObserved(id: string): boolean {
    return this.#observed.has(this.#agents.rootOf(id));
  }

  /** Whether a thread, or the thread that a sub-agent works for, is being stopped or is not used any more. */
  isStopped(id: string): boolean {
    const root = this.#agents.rootOf(id);
    return this.#released.has(root) || this.#threads.get(root)?.isStopping === true;
  }

  /** The tool of a thread, or of the thread that a sub-agent works for. */
  findTool(id: string, name: string): Tool | undefined {
    return (this.#threads.get(id) ?? this.#threads.get(this.#agents.rootOf(id)))?.findTool(name);
  }
}
