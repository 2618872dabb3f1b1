import { defer, last, map, type Observable, tap } from 'rxjs';
import { RequestError } from '../errors/index.js';
import { terminalTypeOf } from '../events/accessors.js';
import type { ThreadEvent } from '../events/events.js';
import { collectTurn } from '../events/result/turn-result.js';
import type { TurnResult } from '../events/result/types.js';
import { UsageTracker } from '../events/usage/usage-tracker.js';
import type { ExecRequest, ForkRequest, ResumeRequest } from '../request/types.js';
import { TurnQueue, type WhenBusy } from './turn-queue.js';

/** Options of `codex.thread()`. */
export interface ThreadOptions {
  /** A turn waits while another one runs (default), or errors with a `SessionError` (`SESSION_BUSY`). */
  readonly whenBusy?: WhenBusy | undefined;
}

/** Options of one turn, merged over those of the client. */
export type TurnOptions = Omit<ExecRequest, 'prompt'>;

/** A thread: the first turn starts it, each later one resumes it. Owns no process and no other resource. */
export interface CodexThread {
  /** The id of the thread; `undefined` until its first turn has started. */
  readonly id: string | undefined;
  /**
   * Runs a turn and emits its events, as `exec$` does. Cold: each subscription is another turn. Unsubscribing ends the
   * turn.
   */
  turn$(prompt: string, options?: TurnOptions): Observable<ThreadEvent>;
  /**
   * Runs a turn and emits its result, as `runTurn$` does. `turnUsage` is known from the second turn of this object on,
   * and from the first one of a new thread.
   */
  runTurn$(prompt: string, options?: TurnOptions): Observable<TurnResult>;
  /**
   * Copies the thread and emits the copy, whose turns do not change this thread. Needs CLI ≥ 0.150. Errors with a
   * `RequestError` before the first turn.
   */
  fork$(options?: TurnOptions): Observable<CodexThread>;
}

/** The methods of a client that a thread uses. */
export interface ThreadClient {
  exec$(request: ExecRequest): Observable<ThreadEvent>;
  resume$(request: ResumeRequest): Observable<ThreadEvent>;
  fork$(request: ForkRequest): Observable<ThreadEvent>;
}

interface KnownThread {
  readonly id?: string | undefined;
  readonly usage?: UsageTracker;
}

export class Thread implements CodexThread {
  readonly #client: ThreadClient;
  readonly #options: ThreadOptions;
  readonly #queue: TurnQueue;
  readonly #usage: UsageTracker;
  #id: string | undefined;
  /** The CLI stores a thread that it has started when its first turn works. */
  #isStored: boolean;

  constructor(client: ThreadClient, options: ThreadOptions = {}, { id, usage = new UsageTracker() }: KnownThread = {}) {
    this.#client = client;
    this.#options = options;
    this.#queue = new TurnQueue(options.whenBusy ?? 'wait');
    this.#id = id;
    this.#isStored = id !== undefined;
    this.#usage = usage;
  }

  get id(): string | undefined {
    return this.#id;
  }

  turn$(prompt: string, options: TurnOptions = {}): Observable<ThreadEvent> {
    const events$ = this.#events$(prompt, options).pipe(tap((event) => this.#usage.next(event)));
    return this.#queued$(events$, options.signal);
  }

  runTurn$(prompt: string, options: TurnOptions = {}): Observable<TurnResult> {
    const result$ = this.#events$(prompt, options).pipe(collectTurn(() => this.#usage));
    return this.#queued$(result$, options.signal);
  }

  fork$(options: TurnOptions = {}): Observable<CodexThread> {
    const fork$ = defer(() => {
      if (this.#id === undefined) throw new RequestError('fork$', '', 'A thread can be forked after its first turn.');
      const usage = this.#usage.copy();
      return this.#client.fork$({ ...options, session: this.#id }).pipe(
        tap((event) => usage.next(event)),
        last((event) => event.type === 'thread.started'),
        map(({ thread_id: id }) => new Thread(this.#client, this.#options, { id, usage })),
      );
    });
    return this.#queued$(fork$, options.signal);
  }

  #queued$<T>(turn$: Observable<T>, signal: AbortSignal | undefined): Observable<T> {
    return this.#queue.add(turn$, () => this.#id ?? '', signal);
  }

  #events$(prompt: string, options: TurnOptions): Observable<ThreadEvent> {
    return defer(() => this.#run$({ ...options, prompt })).pipe(
      tap((event) => {
        if (event.type === 'thread.started') this.#id = event.thread_id;
        this.#isStored ||= event.type === 'item.completed' || terminalTypeOf(event) !== undefined;
      }),
    );
  }

  #run$(request: ExecRequest): Observable<ThreadEvent> {
    if (this.#id === undefined) return this.#client.exec$(request);
    const onMissing = this.#isStored ? 'error' : 'new';
    return this.#client.resume$({ ...request, session: this.#id, onMissing });
  }
}
