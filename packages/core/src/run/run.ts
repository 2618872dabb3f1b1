import { AbortError } from '../errors/index.js';
import { diagnose } from '../process/diagnostics.js';
import type { SupervisedChild } from '../process/supervise.js';
import type { AnyRunRequest } from '../request/types.js';
import { validateRequest } from '../request/validate.js';
import { applyPauses } from '../util/apply-pauses.js';
import { onAbort } from '../util/on-abort.js';
import { emitEnd } from './emit-end.js';
import { createEventDecoder } from './event-decoder.js';
import { discardRun, type PreparedRun } from './prepare-run.js';
import type { RunContext } from './run-context.js';
import { openInput, type RunInput } from './run-input.js';
import { RunMachine } from './run-machine.js';
import { readOutput } from './run-output.js';
import { type FinishedRun, finishRun } from './run-result.js';
import type { SpawnedRun } from './run-state.js';
import { spawnRun, startRun } from './start-run.js';

/** The steps of one run, from its request until its processes and temporary files are removed. */
export class Run {
  readonly #request: AnyRunRequest;
  readonly #context: RunContext;
  readonly #machine: RunMachine;

  constructor(request: AnyRunRequest, context: RunContext) {
    this.#request = request;
    this.#context = context;
    this.#machine = new RunMachine(request, context);
    void this.#run().finally(() => {
      this.#machine.end();
    });
  }

  /** Resolves when nothing of the run is left; never rejects. */
  get ended(): Promise<void> {
    return this.#machine.ended;
  }

  unsubscribed(): void {
    this.#machine.conclude({ kind: 'unsubscribed' });
  }

  async #run(): Promise<void> {
    const machine = this.#machine;
    let prepared: PreparedRun | undefined;
    let process: SupervisedChild | undefined;
    let finished: FinishedRun;
    try {
      prepared = await this.#prepare();
      machine.stopController.throwIfStopped();
      const input = this.#openInput(prepared);
      machine.stopController.throwIfStopped();
      process = await spawnRun(this.#request, prepared);
      finished = await this.#finish(this.#attach(process, prepared, input), prepared);
    } catch (error) {
      finished = { reason: machine.stopReason ?? { kind: 'error', error } };
      process?.terminate();
      await process?.survivors();
    }
    machine.gone();
    if (process !== undefined) await Promise.all([process.release(), prepared?.toolHost?.close()]);
    else if (prepared !== undefined) await discardRun(prepared);
    emitEnd(this.#context, finished, this.#request, prepared?.env);
  }

  async #prepare(): Promise<PreparedRun> {
    validateRequest(this.#request);
    this.#followSignal();
    this.#machine.stopController.throwIfStopped();
    return startRun(this.#request, this.#context.predecessors, this.#machine.stopController);
  }

  #followSignal(): void {
    const { signal } = this.#request;
    if (signal === undefined) return;
    const unfollow = onAbort(signal, () => {
      if (!this.#machine.isLingering) this.#machine.fail(new AbortError(signal.reason));
    });
    this.#machine.teardown.add(unfollow);
  }

  #openInput(prepared: PreparedRun): RunInput {
    const machine = this.#machine;
    const decode = createEventDecoder(this.#request, prepared);
    return openInput(
      this.#request,
      {
        next: (line) => {
          machine.receive(line, decode);
        },
        error: (error) => {
          machine.fail(error);
        },
        complete: (isEarly) => {
          machine.linesCompleted.resolve();
          if (isEarly) machine.conclude({ kind: 'complete' });
        },
      },
      machine,
    );
  }

  /** Starts to read the output of the process. */
  #attach(process: SupervisedChild, prepared: PreparedRun, input: RunInput): SpawnedRun {
    const { gate } = this.#machine;
    const output = readOutput(process, this.#request, { ...input, gate, onStderr: this.#onStderr() });
    const spawned = { process, output };
    this.#machine.spawned(spawned, prepared);
    this.#serveTools(prepared);
    this.#followPauses();
    return spawned;
  }

  /** Calls of tools are aborted when the run stops, not when its process has exited. */
  #serveTools({ toolHost }: PreparedRun): void {
    if (toolHost === undefined) return;
    toolHost.threadId = () => this.#machine.progress.threadId;
    this.#machine.calls.add(() => {
      toolHost.abort();
    });
  }

  /** Standard error is emitted also while the process is being killed. */
  #onStderr(): ((text: string) => void) | undefined {
    const { subscriber, include } = this.#context;
    if (include.stderr !== true) return undefined;
    return (text) => {
      subscriber.next({ type: 'stderr', text });
    };
  }

  #followPauses(): void {
    const { gate, pauses, teardown } = this.#machine;
    const { paused$ } = this.#request;
    if (paused$ === undefined || teardown.closed) return;
    const unfollow = applyPauses(paused$, gate.acquire(), (error) => {
      this.#machine.fail(error);
    });
    pauses.add(unfollow);
  }

  /** Waits until the process is gone, with its output and its descendants. */
  async #finish({ process, output }: SpawnedRun, prepared: PreparedRun): Promise<FinishedRun> {
    const machine = this.#machine;
    const status = await process.exited;
    if (machine.stopReason === undefined) {
      await output.drain();
      await machine.linesCompleted.promise;
    }
    if (machine.killsDetached()) process.terminate();
    await process.survivors();
    diagnose({ type: 'exit', runId: prepared.runId, pid: process.child.pid, ...status });
    const { progress, stopReason } = machine;
    return finishRun({ request: this.#request, prepared, progress, status, stderr: output.stderr(), stopReason });
  }
}
