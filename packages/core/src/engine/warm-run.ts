import { writeFileSync } from 'node:fs';
import { isCodexError, RpcError } from '../errors/index.js';
import type { AnyRunRequest } from '../request/types.js';
import { emitEnd } from '../run/emit-end.js';
import type { RunContext } from '../run/run-context.js';
import { type FinishedRun, finishRun } from '../run/run-result.js';
import { waitForPredecessors } from '../run/start-run.js';
import { EventBuffer, MAX_BUFFERED_EVENTS } from './event-buffer.js';
import { openEventLines } from './event-lines.js';
import { attemptRun, type WarmContext } from './warm-attempts.js';
import { planWarmRun, removeWarmPlan, type WarmPlan } from './warm-plan.js';
import { WarmState } from './warm-state.js';

/** One run on a server of the pool, from its request until nothing is left. */
export class WarmRun {
  readonly #request: AnyRunRequest;
  readonly #context: RunContext;
  readonly #engine: WarmContext;
  readonly #state: WarmState;

  constructor(request: AnyRunRequest, context: RunContext, engine: WarmContext) {
    this.#request = request;
    this.#context = context;
    this.#engine = engine;
    this.#state = new WarmState(request, context);
    void this.#run().finally(() => {
      this.#state.end();
    });
  }

  /** Resolves when nothing of the run is left; never rejects. */
  get ended(): Promise<void> {
    return this.#state.ended;
  }

  unsubscribed(): void {
    this.#state.conclude({ kind: 'unsubscribed' });
  }

  async #run(): Promise<void> {
    const state = this.#state;
    let plan: WarmPlan | undefined;
    let finished: FinishedRun;
    try {
      plan = await this.#prepare();
      finished = await this.#runOn(plan);
    } catch (error) {
      state.emitStarted();
      finished = { reason: state.stop.reason ?? { kind: 'error', error } };
    }
    state.teardown.unsubscribe();
    if (plan !== undefined) await removeWarmPlan(plan);
    emitEnd(this.#context, finished, this.#request, plan?.prepared.env);
  }

  async #prepare(): Promise<WarmPlan> {
    const { stop } = this.#state;
    // Errors are emitted after the subscription, as over `exec`.
    await Promise.resolve();
    this.#state.followSignal();
    stop.throwIfStopped();
    await waitForPredecessors(this.#request, this.#context.predecessors, stop);
    return planWarmRun(this.#request, this.#engine.options);
  }

  async #runOn(plan: WarmPlan): Promise<FinishedRun> {
    const state = this.#state;
    const { stop, progress } = state;
    stop.throwIfStopped();
    const deliver = this.#openLines();
    const buffer = this.#openBuffer(deliver.next);
    const error = await attemptRun(plan, this.#engine, { state, buffer, limit: this.#request.timeout });
    state.emitStarted();
    if (stop.reason === undefined) {
      // An unsubscribed run does not wait for the end of a pause.
      await Promise.race([buffer.empty(), state.linesCompleted.promise]);
      deliver.complete();
      await state.linger();
    }
    if (error !== undefined && !isCodexError(error, 'TURN_FAILED') && !progress.isTurnOver())
      state.fail(error instanceof RpcError ? copy(error) : error);
    return this.#finish(plan, error);
  }

  #finish({ prepared, request }: WarmPlan, error: unknown): FinishedRun {
    const { stop, progress } = this.#state;
    const { privateMessagePath } = prepared.workspace;
    if (stop.reason === undefined && privateMessagePath !== undefined)
      writeFileSync(privateMessagePath, progress.lastMessage ?? '', { mode: 0o600 });
    const code = stop.reason !== undefined ? null : error === undefined ? 0 : 1;
    const status = { code, signal: null };
    return finishRun({ request, prepared, progress, status, stderr: '', stopReason: stop.reason });
  }

  #openLines(): ReturnType<typeof openEventLines> {
    const state = this.#state;
    return openEventLines(
      this.#request,
      {
        next: (event, line) => {
          state.receive(event, line);
        },
        error: (error) => {
          state.fail(error);
        },
        complete: (isEarly) => {
          state.linesCompleted.resolve();
          if (isEarly) state.conclude({ kind: 'complete' });
        },
      },
      state,
    );
  }

  #openBuffer(deliver: ConstructorParameters<typeof EventBuffer>[0]): EventBuffer {
    const buffer = new EventBuffer(deliver, () => {
      const problem = `The run was paused while the server sent ${MAX_BUFFERED_EVENTS} events. Pause for less time.`;
      this.#state.fail(new RpcError('BUFFER_OVERFLOW', problem));
    });
    this.#state.gate.bind((isPaused) => {
      buffer.setPaused(isPaused);
    });
    return buffer;
  }
}

/** All runs of a server get the same error, and each adds its result to it. */
function copy(error: RpcError): RpcError {
  const { code, message, method, rpcCode, data, stderr } = error;
  return new RpcError(code, message, { method, rpcCode, data, stderr, cause: error });
}
