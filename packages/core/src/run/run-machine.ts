import { Subscription } from 'rxjs';
import { SessionError } from '../errors/index.js';
import type { RawLine } from '../events/raw-line.js';
import { openPauseReport } from '../interop/index.js';
import { markRunEnding } from '../process/pending-runs.js';
import { REMOVES_BY_DESCRIPTOR } from '../process/remove-folder.js';
import type { AnyRunRequest } from '../request/types.js';
import { Countdown } from '../util/countdown.js';
import { EARLY_INTERRUPT_GRACE_MS, LINGER_MS, RUN_TIMEOUT_MS } from '../util/defaults.js';
import { deferred } from '../util/deferred.js';
import { PauseGate } from '../util/pause-gate.js';
import type { DecodedLine } from './event-decoder.js';
import type { PreparedRun } from './prepare-run.js';
import type { AnyNotification, RunContext } from './run-context.js';
import { RunProgress } from './run-progress.js';
import { timeoutError } from './run-result.js';
import type { RunState, SpawnedRun } from './run-state.js';
import { StopController, type StopReason } from './stop-controller.js';

/** The state of one run, and its transitions. Every emission before the end of the run goes through it. */
export class RunMachine {
  readonly progress: RunProgress;
  /** Rejects the steps before the spawn once the run is stopped. */
  readonly stopController = new StopController();
  /** Stops every cause of emissions: the abort listener, `paused$`, the `lines` operator and the event log. */
  readonly teardown = new Subscription();
  /** The calls of tools. They end before the process is killed, which takes longer. */
  readonly calls = new Subscription();
  /** The part of the teardown that comes first. */
  readonly pauses = new Subscription();
  /** Pauses standard output. */
  readonly gate: PauseGate;
  /** Resolves when the last line has passed the `lines` operator, or when lines are no longer wanted. */
  readonly linesCompleted = deferred();
  readonly #ended = deferred();
  readonly #request: AnyRunRequest;
  readonly #context: RunContext;
  #state: RunState = { phase: 'starting', stop: this.stopController };

  constructor(request: AnyRunRequest, context: RunContext) {
    this.#request = request;
    this.#context = context;
    this.progress = new RunProgress(request);
    const pauseReport = openPauseReport();
    this.gate = new PauseGate(pauseReport);
    this.teardown.add(this.pauses);
    this.teardown.add(this.calls);
    this.teardown.add(() => {
      this.linesCompleted.resolve();
      pauseReport?.resume();
    });
  }

  /** Resolves when nothing of the run is left; never rejects. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Why the run was stopped, if it was. */
  get stopReason(): StopReason | undefined {
    return this.#state.phase === 'stopping' ? this.#state.reason : undefined;
  }

  /** Whether the turn is over and the process may shut down by itself. */
  get isLingering(): boolean {
    return this.#state.phase === 'turnOver';
  }

  /** Receives the process and starts the time limit of the turn. A run that was stopped during the spawn is killed. */
  spawned(spawned: SpawnedRun, prepared: PreparedRun): void {
    if (this.#state.phase !== 'starting') {
      this.#kill(spawned);
      return;
    }
    const { timeout: limit = RUN_TIMEOUT_MS } = this.#request;
    const timeout = new Countdown();
    timeout.limit(limit, () => {
      this.fail(timeoutError(limit, this.progress, prepared));
    });
    this.#state = { phase: 'running', spawned, timeout };
    const { command, argv, workspace } = prepared;
    const { pid } = spawned.process.child;
    this.#emit({ type: 'started', transport: 'exec', pid, command, argv, cwd: workspace.cwd });
    // A `lines` operator may have emitted the end of the turn before the process was spawned.
    if (this.progress.isTurnOver()) this.#turnOver();
  }

  /** Receives a line of standard output, and decodes it if the run has not ended for its subscriber. */
  receive(line: RawLine, decode: (line: RawLine) => DecodedLine): void {
    if (!this.#isActive()) return;
    if (this.#state.phase === 'turnOver') this.#state.linger.restart();
    const { event, notices, error } = decode(line);
    if (error instanceof SessionError) {
      this.fail(error);
      return;
    }
    if (event !== undefined) this.progress.update(event);
    // Before its line and its event are emitted, so that the subscriber may unsubscribe at the end of the turn.
    if (this.progress.isTurnOver()) this.#turnOver();
    if (this.#context.include.lines === true) this.#emit({ type: 'line', line });
    if (error !== undefined) this.fail(error);
    if (event !== undefined) this.#emit({ type: 'event', event });
    notices?.forEach((notice) => {
      this.#emit({ type: 'event', event: notice });
    });
  }

  /**
   * Ends the emissions. Stops the run before the end of the turn. After the turn the process may complete its own
   * shutdown.
   */
  conclude(reason: StopReason): void {
    const state = this.#state;
    if (state.phase !== 'turnOver') {
      this.#stop(reason);
      return;
    }
    state.spawned.output.discard(() => {
      state.linger.restart();
    });
    this.teardown.unsubscribe();
  }

  fail(error: unknown): void {
    this.#stop({ kind: 'error', error });
  }

  /** The process has exited and its outcome is known. */
  gone(): void {
    this.#clearTimer();
    this.#state = { phase: 'gone' };
    this.teardown.unsubscribe();
  }

  /** Nothing of the run is left. */
  end(): void {
    this.#ended.resolve();
  }

  /**
   * Returns whether processes that left the process tree are killed, too. A process that the CLI itself leaves running
   * after a finished turn belongs to the user. Kill it nevertheless where the removal of its folder could follow a link
   * that the process creates.
   */
  killsDetached(): boolean {
    const isRemovalUnsafe = this.#request.workingDirectory === undefined && !REMOVES_BY_DESCRIPTOR;
    return !this.progress.isTurnOver() || this.#request.reapAfterTurn === true || isRemovalUnsafe;
  }

  #turnOver(): void {
    const state = this.#state;
    if (state.phase !== 'running') return;
    const { spawned } = state;
    state.timeout.clear();
    const linger = new Countdown();
    linger.set(this.#request.linger ?? LINGER_MS, () => {
      this.#stop({ kind: 'linger' });
    });
    this.#state = { phase: 'turnOver', spawned, linger };
    const { child } = spawned.process;
    // Detached processes can only be found as long as their parent lives.
    if (this.#request.reapAfterTurn === true && !child.hasExited()) child.processes.snapshotDescendants();
    this.#markEnding();
  }

  /** Stops the run, in any phase. The first reason counts. */
  #stop(reason: StopReason): void {
    const state = this.#state;
    if (state.phase === 'stopping' || state.phase === 'gone') return;
    this.#clearTimer();
    this.#state = { phase: 'stopping', reason };
    this.calls.unsubscribe();
    if (state.phase === 'starting') state.stop.stop(reason);
    else {
      this.#markEnding();
      this.#kill(state.spawned);
    }
    this.teardown.unsubscribe();
  }

  #kill({ output, process }: SpawnedRun): void {
    output.discard();
    // Between thread.started and turn.started the CLI handles a SIGINT without a turn to interrupt, and ignores every
    // further SIGINT.
    const interruptGrace = this.progress.hasTurnStarted ? undefined : EARLY_INTERRUPT_GRACE_MS;
    process.terminate({ includeDetached: this.killsDetached(), interruptGrace });
  }

  #markEnding(): void {
    markRunEnding(this.#request, this.progress.threadId, this.ended);
  }

  #emit(notification: AnyNotification): void {
    if (this.#isActive()) this.#context.subscriber.next(notification);
  }

  #isActive(): boolean {
    const { phase } = this.#state;
    return phase !== 'stopping' && phase !== 'gone' && !this.#context.subscriber.closed;
  }

  #clearTimer(): void {
    if (this.#state.phase === 'running') this.#state.timeout.clear();
    if (this.#state.phase === 'turnOver') this.#state.linger.clear();
  }
}
