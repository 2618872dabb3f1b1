import { AbortError, RunTimeoutError } from '../errors/index.js';
import type { ExitStatus } from '../process/child.js';
import { secretsOf } from '../process/environment.js';
import { markEnding, runsEndingOn, trackPending, waitForRuns } from '../process/pending-runs.js';
import type { AnyRunRequest } from '../request/types.js';
import { validateRequest } from '../request/validate.js';
import { redactText } from '../secrets/redact.js';
import { onAbort } from '../util/on-abort.js';
import { type Launched, launch, type PreparedRun, prepareRun } from './prepare-run.js';
import { type LimitedRequest, withDefaults } from './run-defaults.js';
import type { RunExited } from './run-notification.js';
import { RunFlow } from './run-output.js';
import { RunProcess } from './run-process.js';
import { RunProgress } from './run-progress.js';
import { runExited, runResult } from './run-result.js';
import type { RunSink } from './run-sink.js';
import { StopController, type StopReason } from './stop-controller.js';
import { TurnClock } from './turn-clock.js';

/** A run that was asked to end is gone after three graces, and this long (ms) at most for all that has no limit of its own. */
const END_MARGIN = 10_000;

/** One run, from its request to the moment when nothing of it is left. */
export class RunEngine {
  readonly #request: LimitedRequest;
  readonly #sink: RunSink;
  readonly #record: RunProgress;
  readonly #flow: RunFlow;
  readonly #clock: TurnClock;
  readonly #early = new StopController();
  /** The consumer does not listen any more. */
  #hasLeft = false;
  /** The process is gone, and its outcome is known: nothing can end the run early. */
  #isGone = false;
  #preparation: PreparedRun | undefined;
  #launched: Launched | undefined;
  #process: RunProcess | undefined;
  #unfollowSignal: () => void = () => undefined;
  /** Settles when nothing of the run is left; never rejects. */
  readonly settled: Promise<void>;

  constructor(request: AnyRunRequest, sink: RunSink, predecessors: readonly Promise<unknown>[]) {
    this.#request = withDefaults(request);
    this.#sink = sink;
    this.#record = new RunProgress(request);
    this.#clock = new TurnClock(this.#request, {
      expired: () => {
        this.#stop({ kind: 'error', error: this.#timeoutError() });
      },
      outstayed: () => {
        this.#stop({ kind: 'linger' });
      },
    });
    this.#flow = new RunFlow(this.#request, this.#record, sink, {
      isHeard: () => !this.#hasLeft && this.#early.cause === undefined,
      activity: () => {
        this.#clock.activity();
      },
      turnOver: () => {
        this.#onTurnOver();
      },
      enough: () => {
        this.#wantsNoMore({ kind: 'complete' });
      },
      fail: (error) => {
        this.#stop({ kind: 'error', error });
      },
    });
    this.settled = this.#run(predecessors);
  }

  /** The consumer goes. Before the end of the turn that ends the run; after it the process may leave by itself. */
  leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#wantsNoMore({ kind: 'silent' });
  }

  async #run(predecessors: readonly Promise<unknown>[]): Promise<void> {
    let result: StopReason;
    let exited: RunExited | undefined;
    try {
      const { process, preparation } = await this.#start(predecessors);
      const status = await this.#untilGone(process);
      exited = runExited(status, preparation.workspace, this.#record.lastMessage);
      result = runResult({
        request: this.#request,
        preparation,
        record: this.#record,
        status,
        stderr: this.#flow.stderr,
        cause: this.#early.cause,
      });
    } catch (error) {
      result = this.#early.cause ?? { kind: 'error', error };
    }
    this.#isGone = true;
    await this.#cleanUp();
    this.#tell(result, exited);
  }

  #tell(result: StopReason, exited: RunExited | undefined): void {
    if (!this.#hasLeft && exited !== undefined) this.#sink.exited?.(exited);
    // Who hears of the exit may leave at that.
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    if (result.kind === 'error') this.#sink.error(result.error);
    else this.#sink.complete();
  }

  async #start(predecessors: readonly Promise<unknown>[]): Promise<{ process: RunProcess; preparation: PreparedRun }> {
    const request = this.#request;
    validateRequest(request);
    if (request.signal !== undefined) this.#followSignal(request.signal);
    this.#early.throwIfStopped();
    const limit = request.linger + 3 * request.terminateGrace + END_MARGIN;
    await this.#early.race(waitForRuns([...predecessors, ...runsEndingOn(request)], limit));
    const preparation = await this.#prepare();
    this.#early.throwIfStopped();
    this.#flow.open(preparation);
    this.#early.throwIfStopped();
    const process = this.#attach(await launch(request, preparation), preparation);
    return { process, preparation };
  }

  #followSignal(signal: AbortSignal): void {
    this.#unfollowSignal = onAbort(signal, () => {
      if (!this.#record.isTurnOver()) this.#stop({ kind: 'error', error: new AbortError(signal.reason) });
    });
  }

  async #prepare(): Promise<PreparedRun> {
    const preparing = prepareRun(this.#request, this.#early.happened);
    try {
      this.#preparation = await this.#early.race(preparing);
      return this.#preparation;
    } catch (error) {
      // What is prepared although nobody wants it any more is undone.
      const undone = preparing.then(
        (late) => late.workspace.remove(),
        () => undefined,
      );
      trackPending(undone);
      throw error;
    }
  }

  #attach(launched: Launched, preparation: PreparedRun): RunProcess {
    const { command, argv, workspace } = preparation;
    const { stderr } = this.#sink;
    const process = new RunProcess(launched, preparation, this.#request.terminateGrace);
    this.#launched = launched;
    this.#process = process;
    const hearStderr = (text: string): void => {
      if (!this.#hasLeft) stderr?.(text);
    };
    this.#flow.read(launched, stderr === undefined ? undefined : hearStderr);
    if (this.#early.cause !== undefined) {
      this.#end();
      return process;
    }
    this.#clock.spawned();
    this.#sink.started?.({ type: 'started', pid: launched.child.pid, command, argv, cwd: workspace.cwd });
    this.#flow.followPauses();
    return process;
  }

  #onTurnOver(): void {
    this.#clock.turnOver();
    if (this.#request.reapAfterTurn === true) this.#process?.note();
    this.#leaveThread();
  }

  /** Until nothing of this run is left, others that go on with its thread wait. */
  #leaveThread(): void {
    const { threadId } = this.#record;
    if (threadId !== undefined) markEnding(threadId, this.settled);
    // Before its first event a run works already on the thread that it was asked to resume.
    else if (this.#request.command === 'resume' && typeof this.#request.session === 'string')
      markEnding(this.#request.session, this.settled);
  }

  /** Nobody listens to what may still come. After the turn the process may finish in its own way. */
  #wantsNoMore(ending: StopReason): void {
    if (!this.#record.isTurnOver()) {
      this.#stop(ending);
      return;
    }
    this.#flow.discard(() => {
      this.#clock.activity();
    });
    this.#flow.closeConsumers();
  }

  /** Ends the run; what it said so far is all. */
  #stop(ending: StopReason): void {
    if (this.#isGone || !this.#early.stop(ending)) return;
    this.#clock.stop();
    if (this.#launched !== undefined) this.#leaveThread();
    this.#end();
    this.#flow.closeConsumers();
  }

  #end(): void {
    this.#flow.discard();
    this.#process?.end({ includeDetached: this.#takesAll() });
  }

  /** What the CLI itself left running after a finished turn is its user's. */
  #takesAll(): boolean {
    return !this.#record.isTurnOver() || this.#request.reapAfterTurn === true;
  }

  /** Waits until the process is gone, with what it wrote and what it left. */
  async #untilGone(process: RunProcess): Promise<ExitStatus> {
    const status = await process.exit(this.#early.happened);
    if (this.#early.cause === undefined) await this.#flow.drained();
    if (this.#takesAll()) process.end({ includeDetached: true });
    await process.gone(status);
    return status;
  }

  #timeoutError(): RunTimeoutError {
    const { threadId, lastNotice } = this.#record;
    const secrets = secretsOf(this.#preparation?.env ?? {});
    return new RunTimeoutError(this.#request.timeout, {
      threadId,
      lastNotice: lastNotice === undefined ? undefined : redactText(lastNotice, secrets),
    });
  }

  async #cleanUp(): Promise<void> {
    this.#clock.stop();
    this.#unfollowSignal();
    this.#flow.close();
    this.#launched?.child.release();
    await this.#preparation?.workspace.remove();
    this.#launched?.untrack();
  }
}
