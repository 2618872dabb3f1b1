import { type Observer, type Subscriber, Subscription } from 'rxjs';
import { AbortError, DecodeError, RunTimeoutError, SessionError } from '../errors/index.js';
import type { RawLine } from '../events/raw-line.js';
import { openPauseReport } from '../interop/index.js';
import type { ExitStatus } from '../process/child.js';
import { diagnose } from '../process/diagnostics.js';
import { secretsOf } from '../process/environment.js';
import { markEnding, runsEndingOn, trackPending, waitForRuns } from '../process/pending-runs.js';
import { REMOVES_BY_DESCRIPTOR } from '../process/remove-folder.js';
import { type SupervisedChild, superviseChild } from '../process/supervise.js';
import type { TerminateOptions } from '../process/terminate.js';
import type { AnyRunRequest } from '../request/types.js';
import { validateRequest } from '../request/validate.js';
import { redactText } from '../secrets/redact.js';
import { redactError } from '../secrets/redact-error.js';
import { applyPauses } from '../util/apply-pauses.js';
import { Countdown } from '../util/countdown.js';
import {
  CLEANUP_MARGIN_MS,
  EARLY_INTERRUPT_GRACE_MS,
  LINGER_MS,
  MAX_LINE_BYTES,
  RUN_TIMEOUT_MS,
  TERMINATE_GRACE_MS,
} from '../util/defaults.js';
import { deferred } from '../util/deferred.js';
import { onAbort } from '../util/on-abort.js';
import { PauseGate } from '../util/pause-gate.js';
import { warnOnError } from '../util/warn-on-error.js';
import { createEventDecoder, type EventDecoder } from './event-decoder.js';
import { openEventLog } from './event-log.js';
import { readLastMessage, writeLastMessage } from './last-message.js';
import { applyLinesOperator } from './lines-operator.js';
import { type PreparedRun, prepareRun } from './prepare-run.js';
import type { RunExited, RunNotification } from './run-notification.js';
import { readOutput } from './run-output.js';
import { RunProgress } from './run-progress.js';
import { runExited, runResult } from './run-result.js';
import type { RunState, SpawnedRun } from './run-state.js';
import { StopController, type StopReason } from './stop-controller.js';
import { removeWorkspace, type Workspace } from './workspace.js';

/** The notifications of `run$`, and the lines of `lines$`. */
export type AnyNotification = RunNotification | { readonly type: 'line'; readonly line: RawLine };

/** Notifications that are only emitted on request. */
export interface Included {
  readonly lines?: boolean;
  readonly stderr?: boolean;
}

interface RunContext {
  readonly subscriber: Subscriber<AnyNotification>;
  readonly include: Included;
  /** Runs that must have ended before this one starts. */
  readonly predecessors: readonly Promise<unknown>[];
}

/** The receivers of standard output. */
interface RunInput {
  /** Receives the raw chunks. */
  readonly onChunk: ((chunk: Buffer) => void) | undefined;
  readonly lines: Observer<RawLine>;
}

interface FinishedRun {
  readonly reason: StopReason;
  readonly exited?: RunExited;
}

/** One run, from its request until its processes and temporary files are removed. Then completes or errors. */
export class Run {
  readonly #request: AnyRunRequest;
  readonly #context: RunContext;
  readonly #progress: RunProgress;
  /** Stops every cause of emissions: the abort listener, `paused$`, the `lines` operator and the event log. */
  readonly #teardown = new Subscription();
  /** The part of the teardown that comes first. */
  readonly #pauses = new Subscription();
  readonly #pauseReport = openPauseReport();
  readonly #gate = new PauseGate(this.#pauseReport);
  /** Resolves when the last line has passed the `lines` operator, or when lines are no longer wanted. */
  readonly #linesCompleted = deferred();
  #state: RunState;
  /** Resolves when nothing of the run is left; never rejects. */
  readonly ended: Promise<void>;

  constructor(request: AnyRunRequest, context: RunContext) {
    this.#request = request;
    this.#context = context;
    this.#progress = new RunProgress(request);
    const stop = new StopController();
    this.#state = { phase: 'starting', stop };
    this.#teardown.add(this.#pauses);
    this.#teardown.add(() => {
      this.#linesCompleted.resolve();
      this.#pauseReport?.resume();
    });
    this.ended = this.#run(stop);
  }

  unsubscribed(): void {
    this.#conclude({ kind: 'unsubscribed' });
  }

  async #run(stop: StopController): Promise<void> {
    let prepared: PreparedRun | undefined;
    let process: SupervisedChild | undefined;
    let finished: FinishedRun;
    try {
      prepared = await this.#prepare(stop);
      stop.throwIfStopped();
      const input = this.#openInput(prepared);
      stop.throwIfStopped();
      process = await this.#spawn(prepared);
      finished = await this.#finish(this.#attach(process, prepared, input), prepared);
    } catch (error) {
      finished = { reason: this.#stopReason() ?? { kind: 'error', error } };
      process?.terminate();
      await process?.survivors();
    }
    this.#clearTimer();
    this.#state = { phase: 'gone' };
    this.#teardown.unsubscribe();
    if (process !== undefined) await process.release();
    else if (prepared !== undefined) await removeWorkspace(prepared.workspace);
    this.#emitEnd(finished, prepared?.env);
  }

  /** Validates the request, waits for predecessors, and prepares everything that a process needs. */
  async #prepare(stop: StopController): Promise<PreparedRun> {
    const request = this.#request;
    validateRequest(request);
    this.#followSignal(request.signal);
    stop.throwIfStopped();
    const { linger = LINGER_MS, terminateGrace = TERMINATE_GRACE_MS } = request;
    const runs = [...this.#context.predecessors, ...runsEndingOn(request)];
    await stop.race(waitForRuns(runs, linger + 3 * terminateGrace + CLEANUP_MARGIN_MS));
    const preparing = prepareRun(request, stop.whenStopped);
    try {
      return await stop.race(preparing);
    } catch (error) {
      // A preparation that completes after the stop is undone.
      const undone = preparing.then(
        ({ workspace }) => removeWorkspace(workspace),
        () => undefined,
      );
      trackPending(undone);
      throw error;
    }
  }

  #followSignal(signal: AbortSignal | undefined): void {
    if (signal === undefined) return;
    const unfollow = onAbort(signal, () => {
      if (this.#state.phase !== 'turnOver') this.#fail(new AbortError(signal.reason));
    });
    this.#teardown.add(unfollow);
  }

  /** Opens the receivers of standard output before the spawn, so that no process starts if a receiver fails. */
  #openInput(prepared: PreparedRun): RunInput {
    return { onChunk: this.#openLog(), lines: this.#openLines(prepared) };
  }

  #openLog(): ((chunk: Buffer) => void) | undefined {
    const { eventLog } = this.#request;
    if (eventLog === undefined) return undefined;
    const log = openEventLog(eventLog);
    this.#teardown.add(log.close);
    return log.write;
  }

  /** Returns the observer of the lines of standard output. */
  #openLines(prepared: PreparedRun): Observer<RawLine> {
    const decode = createEventDecoder(this.#request, prepared);
    let hasSourceEnded = false;
    const decoded: Observer<RawLine> = {
      next: (line) => {
        this.#onLine(line, decode, prepared.notices);
      },
      error: (error) => {
        this.#fail(error);
      },
      complete: () => {
        this.#linesCompleted.resolve();
        if (!hasSourceEnded) this.#conclude({ kind: 'complete' });
      },
    };
    const { lines } = this.#request;
    const source =
      lines === undefined
        ? decoded
        : applyLinesOperator(lines, decoded, { gate: this.#gate, teardown: this.#teardown });
    return {
      next: (line) => {
        source.next(line);
      },
      error: decoded.error,
      complete: () => {
        hasSourceEnded = true;
        source.complete();
      },
    };
  }

  async #spawn(prepared: PreparedRun): Promise<SupervisedChild> {
    const { runId, command, workspace } = prepared;
    const { cwd, temporary: paths } = workspace;
    const grace = this.#request.terminateGrace ?? TERMINATE_GRACE_MS;
    const onSignal: TerminateOptions['onSignal'] = (signal, to) => {
      diagnose({ type: 'signal', runId, pid: process.child.pid, signal, to });
    };
    const process = await superviseChild({ ...prepared, cwd }, { paths, grace, onSignal });
    diagnose({ type: 'spawn', runId, pid: process.child.pid, command, cwd: redactText(cwd, secretsOf(prepared.env)) });
    return process;
  }

  /** Starts to read the output of the process. A run that was stopped meanwhile is killed. */
  #attach(
    process: SupervisedChild,
    { command, argv, workspace, env }: PreparedRun,
    { lines, onChunk }: RunInput,
  ): SpawnedRun {
    const { subscriber, include } = this.#context;
    const {
      timeout: limit = RUN_TIMEOUT_MS,
      paused$,
      maxLineBytes = MAX_LINE_BYTES,
      mirrorStdout,
      mirrorStderr,
    } = this.#request;
    const onStderr = (text: string): void => {
      subscriber.next({ type: 'stderr', text });
    };
    const output = readOutput(
      process,
      {
        maxLineBytes,
        gate: this.#gate,
        onChunk,
        onStderr: include.stderr === true ? onStderr : undefined,
        mirrorStdout: mirrorStdout === true,
        mirrorStderr: mirrorStderr === true,
      },
      lines,
    );
    const spawned = { process, output };
    if (this.#state.phase === 'stopping') {
      this.#kill(spawned);
      return spawned;
    }
    const timeout = new Countdown();
    timeout.limit(limit, () => {
      this.#fail(this.#timeoutError(limit, secretsOf(env)));
    });
    this.#state = { phase: 'running', spawned, timeout };
    this.#emit({ type: 'started', pid: process.child.pid, command, argv, cwd: workspace.cwd });
    // A `lines` operator may have emitted the end of the turn before the process was spawned.
    if (this.#progress.isTurnOver()) this.#onTurnOver();
    if (paused$ !== undefined && !this.#teardown.closed) {
      const pauses = applyPauses(paused$, this.#gate.acquire(), (error) => {
        this.#fail(error);
      });
      this.#pauses.add(() => {
        warnOnError('could not unsubscribe from paused$', () => {
          pauses.unsubscribe();
        });
      });
    }
    return spawned;
  }

  #onLine(line: RawLine, decode: EventDecoder, notices: readonly string[]): void {
    if (!this.#isActive()) return;
    if (this.#state.phase === 'turnOver') this.#state.linger.restart();
    const event = decode(line);
    if (event instanceof SessionError) {
      this.#fail(event);
      return;
    }
    const isDecoded = event !== undefined && !(event instanceof DecodeError);
    const isFirstThread = isDecoded && event.type === 'thread.started' && this.#progress.threadId === undefined;
    if (isDecoded) this.#progress.update(event);
    // Before its line and its event are emitted, so that the subscriber may unsubscribe at the end of the turn.
    if (this.#progress.isTurnOver()) this.#onTurnOver();
    if (this.#context.include.lines === true) this.#emit({ type: 'line', line });
    if (event instanceof DecodeError) this.#fail(event);
    if (!isDecoded) return;
    this.#emit({ type: 'event', event });
    if (!isFirstThread) return;
    for (const message of notices)
      this.#emit({ type: 'event', event: { type: 'error', thread_id: event.thread_id, message } });
  }

  #onTurnOver(): void {
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

  /** Later runs on this thread wait until this one has ended. */
  #markEnding(): void {
    const { threadId } = this.#progress;
    if (threadId !== undefined) markEnding(threadId, this.ended);
    // Before its first event a run works already on the thread that it resumes.
    else if (this.#request.command === 'resume' && typeof this.#request.session === 'string')
      markEnding(this.#request.session, this.ended);
  }

  /**
   * Ends the emissions. Stops the run before the end of the turn. After the turn the process may complete its own
   * shutdown.
   */
  #conclude(reason: StopReason): void {
    const state = this.#state;
    if (state.phase !== 'turnOver') {
      this.#stop(reason);
      return;
    }
    state.spawned.output.discard(() => {
      state.linger.restart();
    });
    this.#teardown.unsubscribe();
  }

  #fail(error: unknown): void {
    this.#stop({ kind: 'error', error });
  }

  /** Stops the run, in any phase. The first reason counts. */
  #stop(reason: StopReason): void {
    const state = this.#state;
    if (state.phase === 'stopping' || state.phase === 'gone') return;
    this.#clearTimer();
    this.#state = { phase: 'stopping', reason };
    if (state.phase === 'starting') state.stop.stop(reason);
    else {
      this.#markEnding();
      this.#kill(state.spawned);
    }
    this.#teardown.unsubscribe();
  }

  #kill({ output, process }: SpawnedRun): void {
    output.discard();
    // Between thread.started and turn.started the CLI handles a SIGINT without a turn to interrupt, and ignores every
    // further SIGINT.
    const interruptGrace = this.#progress.hasTurnStarted ? undefined : EARLY_INTERRUPT_GRACE_MS;
    process.terminate({ includeDetached: this.#killsDetached(), interruptGrace });
  }

  /**
   * A process that the CLI itself leaves running after a finished turn belongs to the user. Kill it
   * nevertheless where the removal of its folder could follow a link that the process creates.
   */
  #killsDetached(): boolean {
    const isRemovalUnsafe = this.#request.workingDirectory === undefined && !REMOVES_BY_DESCRIPTOR;
    return !this.#progress.isTurnOver() || this.#request.reapAfterTurn === true || isRemovalUnsafe;
  }

  /** Waits until the process is gone, with its output and its descendants. */
  async #finish({ process, output }: SpawnedRun, prepared: PreparedRun): Promise<FinishedRun> {
    const status = await process.exited;
    if (this.#stopReason() === undefined) {
      await output.drain();
      await this.#linesCompleted.promise;
    }
    if (this.#killsDetached()) process.terminate();
    await this.#reportExit(process, prepared.runId, status);
    const stopReason = this.#stopReason();
    const stderr = output.stderr();
    const progress = this.#progress;
    const reason = runResult({ request: this.#request, prepared, progress, status, stderr, stopReason });
    // The CLI writes an empty file when a turn fails.
    const written = readLastMessage(prepared.workspace.privateMessagePath);
    const lastMessage = written === undefined || written === '' ? progress.lastMessage : written;
    const exited = runExited(status, prepared.workspace, lastMessage);
    const failure = this.#copyLastMessage(prepared.workspace, written);
    return { reason: reason.kind === 'error' ? reason : (failure ?? reason), exited };
  }

  /** Returns how the run ends if the final message cannot be copied to the file of the request. */
  #copyLastMessage({ lastMessagePath }: Workspace, text: string | undefined): StopReason | undefined {
    if (lastMessagePath === undefined || text === undefined) return undefined;
    try {
      writeLastMessage(lastMessagePath, text);
      return undefined;
    } catch (error) {
      return { kind: 'error', error };
    }
  }

  async #reportExit(process: SupervisedChild, runId: string, status: ExitStatus): Promise<void> {
    await process.survivors();
    diagnose({ type: 'exit', runId, pid: process.child.pid, ...status });
  }

  #emitEnd({ reason, exited }: FinishedRun, env = { ...process.env, ...this.#request.env }): void {
    const { subscriber } = this.#context;
    if (exited !== undefined && !subscriber.closed) subscriber.next(exited);
    // The handler of `exited` may unsubscribe.
    if (subscriber.closed) return;
    if (reason.kind === 'error') subscriber.error(redactError(reason.error, secretsOf(env)));
    else subscriber.complete();
  }

  #emit(notification: AnyNotification): void {
    if (this.#isActive()) this.#context.subscriber.next(notification);
  }

  #isActive(): boolean {
    const { phase } = this.#state;
    return phase !== 'stopping' && phase !== 'gone' && !this.#context.subscriber.closed;
  }

  #stopReason(): StopReason | undefined {
    return this.#state.phase === 'stopping' ? this.#state.reason : undefined;
  }

  #clearTimer(): void {
    if (this.#state.phase === 'running') this.#state.timeout.clear();
    if (this.#state.phase === 'turnOver') this.#state.linger.clear();
  }

  #timeoutError(limit: number, secrets: readonly string[]): RunTimeoutError {
    const { threadId, lastNotice } = this.#progress;
    return new RunTimeoutError(limit, {
      threadId,
      lastNotice: lastNotice === undefined ? undefined : redactText(lastNotice, secrets),
    });
  }
}
