import { Subscription } from 'rxjs';
import { AbortError } from '../errors/index.js';
import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import { openPauseReport } from '../interop/index.js';
import { markRunEnding } from '../process/pending-runs.js';
import type { AnyRunRequest } from '../request/types.js';
import type { AnyNotification, RunContext } from '../run/run-context.js';
import type { RunStarted } from '../run/run-notification.js';
import { RunProgress } from '../run/run-progress.js';
import { StopController, type StopReason } from '../run/stop-controller.js';
import { applyPauses } from '../util/apply-pauses.js';
import { Countdown } from '../util/countdown.js';
import { LINGER_MS } from '../util/defaults.js';
import { deferred } from '../util/deferred.js';
import { onAbort } from '../util/on-abort.js';
import { PauseGate } from '../util/pause-gate.js';

/** The state of one run on a server. Every emission before the end of the run goes through it. */
export class WarmState {
  readonly progress: RunProgress;
  readonly stop = new StopController();
  /** Stops every cause of emissions. */
  readonly teardown = new Subscription();
  readonly timeout = new Countdown();
  readonly gate: PauseGate;
  /** Resolves when the last line has passed the `lines` operator, or when lines are no longer wanted. */
  readonly linesCompleted = deferred();
  readonly #ended = deferred();
  readonly #request: AnyRunRequest;
  readonly #context: RunContext;
  /** Emitted with the thread: before, the request may be repeated on another server. */
  #started: RunStarted | undefined;
  #hasBegun = false;
  #isMuted = false;

  constructor(request: AnyRunRequest, context: RunContext) {
    this.#request = request;
    this.#context = context;
    this.progress = new RunProgress(request);
    const pauseReport = openPauseReport();
    this.gate = new PauseGate(pauseReport);
    this.teardown.add(() => {
      this.#isMuted = true;
      this.timeout.clear();
      this.linesCompleted.resolve();
      pauseReport?.resume();
    });
  }

  /** Resolves when nothing of the run is left; never rejects. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Whether a server has opened a thread for the request, so that it must not be sent to another one. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Whether lines are emitted. */
  get includesLines(): boolean {
    return this.#context.include.lines === true;
  }

  /** Fails the run when its signal is aborted. */
  followSignal(): void {
    const { signal } = this.#request;
    if (signal === undefined) return;
    const unfollow = onAbort(signal, () => {
      if (!this.progress.isTurnOver()) this.fail(new AbortError(signal.reason));
    });
    this.teardown.add(unfollow);
  }

  /** Receives the server that works on the request next. */
  announce(started: RunStarted): void {
    this.#started = started;
  }

  /** The server has opened a thread in this folder. */
  begin(cwd: string): void {
    this.#hasBegun = true;
    if (this.#started !== undefined) this.#started = { ...this.#started, cwd };
    this.emitStarted();
    const { paused$ } = this.#request;
    if (paused$ === undefined || this.teardown.closed) return;
    const unfollow = applyPauses(paused$, this.gate.acquire(), (error) => {
      this.fail(error);
    });
    this.teardown.add(unfollow);
  }

  emitStarted(): void {
    const started = this.#started;
    this.#started = undefined;
    if (started !== undefined) this.#emit(started);
  }

  receive(event: ThreadEvent | undefined, line: RawLine | undefined): void {
    if (event !== undefined) this.progress.update(event);
    // Before the emissions, so that the subscriber may unsubscribe at the end of the turn.
    if (this.progress.isTurnOver()) {
      this.timeout.clear();
      this.#markEnding();
    }
    if (line !== undefined) this.#emit({ type: 'line', line });
    if (event !== undefined) this.#emit({ type: 'event', event });
  }

  /** Waits for a `lines` operator that still works. */
  async linger(): Promise<void> {
    const limit = new Countdown();
    limit.set(this.#request.linger ?? LINGER_MS, this.linesCompleted.resolve);
    await this.linesCompleted.promise;
    limit.clear();
  }

  fail(error: unknown): void {
    this.#stopFor({ kind: 'error', error });
  }

  /** Ends the emissions. After the turn, the outcome does not change. */
  conclude(reason: StopReason): void {
    if (this.progress.isTurnOver()) this.teardown.unsubscribe();
    else this.#stopFor(reason);
  }

  /** Nothing of the run is left. */
  end(): void {
    this.#ended.resolve();
  }

  #stopFor(reason: StopReason): void {
    if (!this.stop.stop(reason)) return;
    this.emitStarted();
    this.#markEnding();
    this.teardown.unsubscribe();
  }

  #markEnding(): void {
    markRunEnding(this.#request, this.progress.threadId, this.ended);
  }

  #emit(notification: AnyNotification): void {
    const { subscriber } = this.#context;
    if (!this.#isMuted && !subscriber.closed) subscriber.next(notification);
  }
}
