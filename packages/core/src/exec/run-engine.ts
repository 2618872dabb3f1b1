import type { Unsubscribable } from 'rxjs';
import { AbortError, RunTimeoutError } from '../errors/index.js';
import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import { quietly } from '../process/warn.js';
import { redactText } from '../request/redact.js';
import type { AnyRunRequest } from '../request/types.js';
import { validateRequest } from '../request/validate.js';
import { conclude, exitedSignal } from './conclude.js';
import { type Deferred, deferred } from './deferred.js';
import { EarlyEnd, type Ending } from './early-end.js';
import { secretsOf } from './environment.js';
import { type EventLog, openEventLog } from './event-log.js';
import { createEventStage } from './event-stage.js';
import { Holds } from './holds.js';
import { type LinesPipeline, openLinesPipeline } from './lines-pipeline.js';
import { onAbort } from './on-abort.js';
import { OutputReader } from './output-reader.js';
import { followPauses } from './pauses.js';
import { leaveThread, leavingThread, trackSettling, waitFor } from './predecessors.js';
import { RunProcess } from './run-process.js';
import { RunRecord } from './run-record.js';
import type { ExitedSignal, StartedSignal } from './signals.js';
import { type Launched, launch, type Preparation, prepareRun } from './start-run.js';
import { TurnClock } from './turn-clock.js';

const DEFAULTS = { timeout: 120_000, linger: 8_000, terminateGrace: 2_000, maxLineBytes: 16 * 1024 * 1024 };

/** A run that was asked to end is gone after three graces, and this long (ms) at most for all that has no limit of its own. */
const END_MARGIN = 10_000;

/** What a consumer hears of a run: `complete` or `error` last, once, after the process is gone. */
export interface RunSink {
  readonly started?: (signal: StartedSignal) => void;
  readonly line?: (line: RawLine) => void;
  readonly event?: (event: ThreadEvent) => void;
  readonly stderr?: (text: string) => void;
  readonly exited?: (signal: ExitedSignal) => void;
  readonly complete: () => void;
  readonly error: (error: unknown) => void;
}

/** One run, from its request to the moment when nothing of it is left. */
export class RunEngine {
  readonly #request: AnyRunRequest & typeof DEFAULTS;
  readonly #sink: RunSink;
  readonly #record: RunRecord;
  readonly #clock: TurnClock;
  readonly #holds = new Holds();
  readonly #early = new EarlyEnd();
  readonly #linesEnded: Deferred = deferred();
  /** The consumer does not listen any more. */
  #hasLeft = false;
  /** The process is gone, and its outcome is known: nothing can end the run early. */
  #isGone = false;
  #preparation: Preparation | undefined;
  #launched: Launched | undefined;
  #process: RunProcess | undefined;
  #reader: OutputReader | undefined;
  #log: EventLog | undefined;
  #pipeline: LinesPipeline | undefined;
  #hasSourceEnded = false;
  #pauses: Unsubscribable | undefined;
  #unfollowSignal: () => void = () => undefined;
  /** Settles when nothing of the run is left; never rejects. */
  readonly settled: Promise<void>;

  constructor(request: AnyRunRequest, sink: RunSink, predecessors: readonly Promise<unknown>[]) {
    this.#request = { ...request, ...withDefaults(request) };
    this.#sink = sink;
    this.#record = new RunRecord(request);
    this.#clock = new TurnClock(this.#request, {
      expired: () => {
        this.#stop({ how: 'error', error: this.#timeoutError() });
      },
      outstayed: () => {
        this.#stop({ how: 'linger' });
      },
    });
    this.settled = this.#run(predecessors);
  }

  /** The consumer goes. Before the end of the turn that ends the run; after it the process may leave by itself. */
  leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    if (this.#record.isTurnOver()) this.#detach();
    else this.#stop({ how: 'silent' });
  }

  async #run(predecessors: readonly Promise<unknown>[]): Promise<void> {
    let result: Ending;
    let exited: ExitedSignal | undefined;
    try {
      const { process, reader, preparation } = await this.#start(predecessors);
      const status = await this.#untilGone(process, reader);
      const cause = this.#early.cause;
      const { stderr } = reader;
      exited = exitedSignal(status, preparation.workspace, this.#record.lastMessage);
      result = conclude({ request: this.#request, preparation, record: this.#record, status, stderr, cause });
    } catch (error) {
      result = this.#early.cause ?? { how: 'error', error };
    }
    this.#isGone = true;
    await this.#cleanUp();
    if (!this.#hasLeft && exited !== undefined) this.#sink.exited?.(exited);
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    if (result.how === 'error') this.#sink.error(result.error);
    else this.#sink.complete();
  }

  async #start(predecessors: readonly Promise<unknown>[]) {
    const request = this.#request;
    validateRequest(request);
    if (request.signal !== undefined) this.#followSignal(request.signal);
    this.#early.check();
    const limit = request.linger + 3 * request.terminateGrace + END_MARGIN;
    await this.#early.orStopped(waitFor([...predecessors, ...leavingThread(request)], limit));
    const preparation = await this.#prepare();
    this.#early.check();
    if (request.eventLog !== undefined) this.#log = openEventLog(request.eventLog);
    this.#openPipeline(preparation);
    this.#early.check();
    const launched = await launch(request, preparation);
    return { ...this.#attach(launched, preparation), preparation };
  }

  async #prepare(): Promise<Preparation> {
    const preparing = prepareRun(this.#request, this.#early.happened);
    try {
      this.#preparation = await this.#early.orStopped(preparing);
      return this.#preparation;
    } catch (error) {
      // What is prepared although nobody wants it any more is undone.
      const undone = preparing.then(
        (late) => late.workspace.remove(),
        () => undefined,
      );
      trackSettling(undone);
      throw error;
    }
  }

  #openPipeline(preparation: Preparation): void {
    const stage = createEventStage(this.#request, this.#record, {
      line: (line) => {
        if (this.#isHeard()) this.#sink.line?.(line);
      },
      event: (event) => {
        if (this.#isHeard()) this.#sink.event?.(event);
      },
      turnOver: () => {
        this.#onTurnOver();
      },
      fail: (error) => {
        this.#stop({ how: 'error', error });
      },
      notices: () => preparation.notices,
      spawnedAt: () => this.#launched?.spawnedAt ?? Number.POSITIVE_INFINITY,
    });
    this.#pipeline = openLinesPipeline(this.#request.lines, {
      line: (line) => {
        if (!this.#isHeard()) return;
        this.#clock.activity();
        stage(line);
      },
      end: () => {
        this.#linesEnded.resolve();
        if (this.#hasSourceEnded) return;
        // The operator wants no more lines: as if the consumer had left, but for the completion.
        if (this.#record.isTurnOver()) this.#detach();
        else this.#stop({ how: 'complete' });
      },
      error: (error) => {
        this.#stop({ how: 'error', error });
      },
      hold: () => this.#holds.acquire(),
    });
  }

  #attach(launched: Launched, preparation: Preparation): { process: RunProcess; reader: OutputReader } {
    const { child } = launched;
    const { command, argv, workspace } = preparation;
    const request = this.#request;
    this.#launched = launched;
    const process = new RunProcess(launched, preparation, request.terminateGrace);
    this.#process = process;
    const log = this.#log;
    const reader = new OutputReader(child, {
      maxLineBytes: request.maxLineBytes,
      holds: this.#holds,
      onChunk: log === undefined ? undefined : log.write,
      onStderr:
        this.#sink.stderr === undefined
          ? undefined
          : (text) => {
              if (!this.#hasLeft) this.#sink.stderr?.(text);
            },
      mirrorStdout: request.mirrorStdout === true,
      mirrorStderr: request.quiet === false,
      line: (line) => this.#pipeline?.push(line),
      end: () => {
        this.#hasSourceEnded = true;
        this.#pipeline?.end();
      },
      error: (error) => {
        this.#stop({ how: 'error', error });
      },
    });
    this.#reader = reader;
    if (this.#early.cause === undefined) {
      this.#clock.spawned();
      this.#sink.started?.({ type: 'started', pid: child.pid, command, argv, cwd: workspace.cwd });
      this.#followPauses();
    } else {
      this.#end();
    }
    return { process, reader };
  }

  #followPauses(): void {
    const { paused$ } = this.#request;
    if (paused$ === undefined || !this.#isHeard()) return;
    this.#pauses = followPauses(paused$, this.#holds.acquire(), (error) => {
      this.#stop({ how: 'error', error });
    });
    // What `paused$` emitted at once may have ended the run.
    if (!this.#isHeard()) this.#closeConsumers();
  }

  #followSignal(signal: AbortSignal): void {
    this.#unfollowSignal = onAbort(signal, () => {
      if (!this.#record.isTurnOver()) this.#stop({ how: 'error', error: new AbortError(signal.reason) });
    });
  }

  /** Whether what comes is still for somebody. */
  #isHeard(): boolean {
    return !this.#hasLeft && this.#early.cause === undefined;
  }

  #onTurnOver(): void {
    this.#clock.turnOver();
    if (this.#request.reapAfterTurn === true) this.#process?.note();
    this.#leaveThread();
  }

  /** Until nothing of this run is left, others that go on with its thread wait. */
  #leaveThread(): void {
    const { threadId } = this.#record;
    if (threadId !== undefined) leaveThread(threadId, this.settled);
    // Before its first event a run works already on the thread that it was asked to resume.
    else if (this.#request.command === 'resume' && typeof this.#request.session === 'string')
      leaveThread(this.#request.session, this.settled);
  }

  /** Ends the run; what it said so far is all. */
  #stop(ending: Ending): void {
    if (this.#isGone || !this.#early.set(ending)) return;
    this.#clock.stop();
    if (this.#launched !== undefined) this.#leaveThread();
    this.#end();
    this.#closeConsumers();
  }

  /** The turn is over and nobody listens any more: the process may finish in its own way. */
  #detach(): void {
    this.#reader?.discard(() => {
      this.#clock.activity();
    });
    this.#closeConsumers();
  }

  #end(): void {
    this.#reader?.discard();
    // What the CLI itself left running after a finished turn is its user's.
    this.#process?.end({ daemons: !this.#record.isTurnOver() || this.#request.reapAfterTurn === true });
  }

  /** These are the user's own: what they throw must not keep a process alive. */
  #closeConsumers(): void {
    quietly('could not unsubscribe from paused$', () => this.#pauses?.unsubscribe());
    quietly('could not unsubscribe from the lines operator', () => this.#pipeline?.close());
    this.#holds.release();
    this.#linesEnded.resolve();
  }

  /** Waits until the process is gone, with what it wrote and what it left. */
  async #untilGone(process: RunProcess, reader: OutputReader) {
    const status = await process.exit(this.#early.happened);
    if (this.#early.cause === undefined) {
      await reader.drain();
      // The `lines` operator may still work on what it got. The limits of the turn hold for it, too.
      await this.#linesEnded.promise;
    }
    if (!this.#record.isTurnOver() || this.#request.reapAfterTurn === true) process.end({ daemons: true });
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
    this.#closeConsumers();
    this.#unfollowSignal();
    this.#log?.close();
    this.#launched?.child.release();
    await this.#preparation?.workspace.remove();
    this.#launched?.untrack();
  }
}

function withDefaults(request: AnyRunRequest): typeof DEFAULTS {
  const given = Object.entries(DEFAULTS).map(([key, value]) => [key, request[key as keyof typeof DEFAULTS] ?? value]);
  return Object.fromEntries(given) as typeof DEFAULTS;
}
