import { writeFileSync } from 'node:fs';
import { Subscription } from 'rxjs';
import { runOnServer$ } from '../app-server/runs/run-on-server.js';
import type { ServerHub } from '../app-server/server/server-hub.js';
import { AbortError, isCodexError, RpcError } from '../errors/index.js';
import type { ThreadEvent } from '../events/events.js';
import { openPauseReport } from '../interop/index.js';
import { secretsOf } from '../process/environment.js';
import { markRunEnding, runsEndingOn, waitForRuns } from '../process/pending-runs.js';
import type { AnyRunRequest } from '../request/types.js';
import type { AnyNotification, RunContext } from '../run/run-context.js';
import { RunProgress } from '../run/run-progress.js';
import { type FinishedRun, finishRun, timeoutError } from '../run/run-result.js';
import { StopController, type StopReason } from '../run/stop-controller.js';
import { removeWorkspace } from '../run/workspace.js';
import { redactError } from '../secrets/redact-error.js';
import { applyPauses } from '../util/apply-pauses.js';
import { Countdown } from '../util/countdown.js';
import { CLEANUP_MARGIN_MS, LINGER_MS, RUN_TIMEOUT_MS, TERMINATE_GRACE_MS } from '../util/defaults.js';
import { deferred } from '../util/deferred.js';
import { onAbort } from '../util/on-abort.js';
import { PauseGate } from '../util/pause-gate.js';
import { EventBuffer, MAX_BUFFERED_EVENTS } from './event-buffer.js';
import { openEventLines } from './event-lines.js';
import type { EngineOptions } from './options.js';
import type { Lease, ServerPool } from './server-pool.js';
import type { SpareThreads } from './spare-threads.js';
import { planWarmRun, type WarmPlan } from './warm-plan.js';

/** The state that the runs of a client share. */
export interface WarmContext {
  readonly options: EngineOptions;
  readonly pool: ServerPool<ServerHub>;
  readonly spares: SpareThreads;
}

/** One run on a server of the pool, from its request until nothing of it is left. */
export class WarmRun {
  /** Resolves when nothing of the run is left; never rejects. */
  readonly ended: Promise<void>;
  readonly #request: AnyRunRequest;
  readonly #context: RunContext;
  readonly #engine: WarmContext;
  readonly #progress: RunProgress;
  readonly #stop = new StopController();
  /** Stops every cause of emissions. */
  readonly #teardown = new Subscription();
  readonly #timeout = new Countdown();
  readonly #gate: PauseGate;
  readonly #linesCompleted = deferred();
  #isMuted = false;

  constructor(request: AnyRunRequest, context: RunContext, engine: WarmContext) {
    this.#request = request;
    this.#context = context;
    this.#engine = engine;
    this.#progress = new RunProgress(request);
    const pauseReport = openPauseReport();
    this.#gate = new PauseGate(pauseReport);
    this.#teardown.add(() => {
      this.#isMuted = true;
      this.#timeout.clear();
      this.#linesCompleted.resolve();
      pauseReport?.resume();
    });
    const ended = deferred();
    this.ended = ended.promise;
    void this.#run().finally(ended.resolve);
  }

  unsubscribed(): void {
    this.#conclude({ kind: 'unsubscribed' });
  }

  async #run(): Promise<void> {
    let plan: WarmPlan | undefined;
    let finished: FinishedRun;
    try {
      plan = await this.#prepare();
      finished = await this.#runOn(plan);
    } catch (error) {
      finished = { reason: this.#stop.reason ?? { kind: 'error', error } };
    }
    this.#teardown.unsubscribe();
    if (plan !== undefined) await removeWorkspace(plan.prepared.workspace);
    this.#emitEnd(finished, plan?.prepared.env ?? { ...process.env, ...this.#request.env });
  }

  async #prepare(): Promise<WarmPlan> {
    // Errors are emitted after the subscription, as over `exec`.
    await Promise.resolve();
    const { signal, linger = LINGER_MS, terminateGrace = TERMINATE_GRACE_MS } = this.#request;
    if (signal !== undefined) {
      const unfollow = onAbort(signal, () => {
        if (!this.#progress.isTurnOver()) this.#fail(new AbortError(signal.reason));
      });
      this.#teardown.add(unfollow);
    }
    this.#stop.throwIfStopped();
    const before = [...this.#context.predecessors, ...runsEndingOn(this.#request)];
    await this.#stop.race(waitForRuns(before, linger + 3 * terminateGrace + CLEANUP_MARGIN_MS));
    return planWarmRun(this.#request, this.#engine.options);
  }

  async #runOn(plan: WarmPlan): Promise<FinishedRun> {
    const { request, prepared } = plan;
    this.#stop.throwIfStopped();
    const deliver = openEventLines(
      this.#request,
      {
        next: (event, line) => {
          this.#receive(event, line);
        },
        error: (error) => {
          this.#fail(error);
        },
        complete: (isEarly) => {
          this.#linesCompleted.resolve();
          if (isEarly) this.#conclude({ kind: 'complete' });
        },
      },
      { includesLines: this.#context.include.lines === true, gate: this.#gate, teardown: this.#teardown },
    );
    const buffer = new EventBuffer(deliver.next, () => {
      const problem = `The run was paused while the server sent ${MAX_BUFFERED_EVENTS} events. Pause for less time.`;
      this.#fail(new RpcError('BUFFER_OVERFLOW', problem));
    });
    this.#gate.bind((isPaused) => {
      buffer.setPaused(isPaused);
    });
    const error = await this.#attempts(plan, buffer);
    if (this.#stop.reason === undefined) {
      await Promise.race([buffer.empty(), this.#stop.whenStopped]);
      deliver.complete();
      await this.#linger();
    }
    if (error !== undefined && !isCodexError(error, 'TURN_FAILED') && !this.#progress.isTurnOver())
      this.#fail(error instanceof RpcError ? copy(error) : error);
    const { reason } = this.#stop;
    const { privateMessagePath } = prepared.workspace;
    if (reason === undefined && privateMessagePath !== undefined)
      writeFileSync(privateMessagePath, this.#progress.lastMessage ?? '', { mode: 0o600 });
    const code = reason !== undefined ? null : error === undefined ? 0 : 1;
    return finishRun({
      ...{ request, prepared, progress: this.#progress, stderr: '', stopReason: reason },
      status: { code, signal: null },
    });
  }

  /** Repeats what could not start because of the state of a server. Returns the error. */
  async #attempts(plan: WarmPlan, buffer: EventBuffer): Promise<unknown> {
    const error = await this.#attempt(plan, buffer, true);
    if (this.#progress.threadId !== undefined || this.#stop.reason !== undefined) return error;
    const isBusy = isCodexError(error, 'SESSION_BUSY');
    if (isBusy) await this.#stop.race(this.#engine.pool.releaseThreads(plan.spec.id));
    // `SERVER_EXITED`: the server had exited before the run used it.
    return isBusy || isCodexError(error, 'SERVER_EXITED') ? this.#attempt(plan, buffer, false) : error;
  }

  /** Runs the request on a server. Returns its error. */
  async #attempt(plan: WarmPlan, buffer: EventBuffer, isFirst: boolean): Promise<unknown> {
    const lease = await this.#acquire(plan);
    try {
      if (isFirst) this.#startTimeout(plan, lease);
      const hub = await this.#stop.race(lease.server);
      if (isFirst) this.#started(plan, hub);
      return await this.#turn(plan, { hub, lease, buffer });
    } finally {
      lease.release();
    }
  }

  async #acquire({ spec }: WarmPlan): Promise<Lease<ServerHub>> {
    const leaving = new AbortController();
    void this.#stop.whenStopped.then(() => {
      leaving.abort();
    });
    this.#stop.throwIfStopped();
    return this.#engine.pool.acquire(spec, leaving.signal);
  }

  #startTimeout({ prepared }: WarmPlan, lease: Lease<ServerHub>): void {
    const { timeout: limit = RUN_TIMEOUT_MS } = this.#request;
    this.#timeout.limit(limit, () => {
      // A server that does not even start a thread hangs.
      if (this.#progress.threadId === undefined) lease.retire();
      this.#fail(timeoutError(limit, this.#progress, prepared));
    });
  }

  #started({ prepared: { command, argv, workspace } }: WarmPlan, hub: ServerHub): void {
    const { pid } = hub.info;
    this.#emit({ type: 'started', transport: 'app-server', pid, command, argv, cwd: workspace.cwd });
    const { paused$ } = this.#request;
    if (paused$ === undefined || this.#teardown.closed) return;
    const unfollow = applyPauses(paused$, this.#gate.acquire(), (error) => {
      this.#fail(error);
    });
    this.#teardown.add(unfollow);
  }

  /** Returns the error of the turn when nothing of it is left on the server. */
  async #turn(
    { request, server }: WarmPlan,
    { hub, lease, buffer }: { readonly hub: ServerHub; readonly lease: Lease<ServerHub>; readonly buffer: EventBuffer },
  ): Promise<unknown> {
    let ending: Promise<void> | undefined;
    let refill: (() => void) | undefined;
    const { spares } = this.#engine;
    const events$ = runOnServer$(hub, server, request, {
      startThread$: (one, options) => {
        // A thread in a folder of its own fits no other run.
        if (this.#request.workingDirectory !== undefined)
          refill = () => {
            spares.refill(one, options);
          };
        return spares.start$(one, options);
      },
      onEnding: (ended) => {
        ending = ended;
      },
      onStuck: () => {
        lease.retire();
      },
    });
    let subscription: Subscription | undefined;
    const ended = new Promise<unknown>((resolve) => {
      subscription = events$.subscribe({
        next: (event) => {
          buffer.push(event);
        },
        error: resolve,
        complete: () => {
          resolve(undefined);
        },
      });
    });
    const stopped = this.#stop.whenStopped.then(() => {
      subscription?.unsubscribe();
    });
    const error = await Promise.race([ended, stopped]);
    await ending;
    if (isCodexError(error, 'RPC_TIMEOUT')) lease.retire();
    if (error === undefined) refill?.();
    return error;
  }

  #receive(event: ThreadEvent | undefined, line: Extract<AnyNotification, { type: 'line' }>['line'] | undefined): void {
    if (event !== undefined) this.#progress.update(event);
    // Before the emissions, so that the subscriber may unsubscribe at the end of the turn.
    if (this.#progress.isTurnOver()) {
      this.#timeout.clear();
      markRunEnding(this.#request, this.#progress.threadId, this.ended);
    }
    if (line !== undefined) this.#emit({ type: 'line', line });
    if (event !== undefined) this.#emit({ type: 'event', event });
  }

  /** Waits for a `lines` operator that still works. */
  async #linger(): Promise<void> {
    const limit = new Countdown();
    limit.set(this.#request.linger ?? LINGER_MS, this.#linesCompleted.resolve);
    await this.#linesCompleted.promise;
    limit.clear();
  }

  #fail(error: unknown): void {
    this.#stopFor({ kind: 'error', error });
  }

  /** Ends the emissions. After the turn, the outcome does not change. */
  #conclude(reason: StopReason): void {
    if (this.#progress.isTurnOver()) this.#teardown.unsubscribe();
    else this.#stopFor(reason);
  }

  #stopFor(reason: StopReason): void {
    if (!this.#stop.stop(reason)) return;
    markRunEnding(this.#request, this.#progress.threadId, this.ended);
    this.#teardown.unsubscribe();
  }

  #emit(notification: AnyNotification): void {
    const { subscriber } = this.#context;
    if (!this.#isMuted && !subscriber.closed) subscriber.next(notification);
  }

  #emitEnd({ reason, exited }: FinishedRun, env: Readonly<Record<string, string | undefined>>): void {
    const { subscriber } = this.#context;
    if (exited !== undefined && !subscriber.closed) subscriber.next(exited);
    if (subscriber.closed) return;
    if (reason.kind === 'error') subscriber.error(redactError(reason.error, secretsOf(env)));
    else subscriber.complete();
  }
}

/** All runs of a server get the same error, and each adds its result to it. */
function copy(error: RpcError): RpcError {
  const { code, message, method, rpcCode, data, stderr } = error;
  return new RpcError(code, message, { method, rpcCode, data, stderr, cause: error });
}
