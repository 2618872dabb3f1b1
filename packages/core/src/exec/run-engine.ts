import { setTimeout as delay } from 'node:timers/promises';
import type { Subscription } from 'rxjs';
import { diagnose } from '../diagnostics.js';
import { AbortError, RunTimeoutError } from '../errors/index.js';
import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import { judge } from '../outcome/judge.js';
import type { ExitStatus } from '../process/child.js';
import { sweep } from '../process/sweep.js';
import { terminate } from '../process/terminate.js';
import { warnCleanup } from '../process/warn.js';
import { redactText } from '../request/redact.js';
import type { AnyRunRequest } from '../request/types.js';
import { validateRequest } from '../request/validate.js';
import { Countdown } from './countdown.js';
import { type Deferred, deferred } from './deferred.js';
import { secretsOf } from './environment.js';
import { type EventLog, openEventLog } from './event-log.js';
import { createEventStage } from './event-stage.js';
import { Holds } from './holds.js';
import { type LinesPipeline, openLinesPipeline } from './lines-pipeline.js';
import { OutputReader } from './output-reader.js';
import { leaveThread, leavingThread } from './predecessors.js';
import { RunRecord } from './run-record.js';
import { sessionName } from './session-guard.js';
import type { ExitedSignal, StartedSignal } from './signals.js';
import { type Launched, launch, type Preparation, prepareRun } from './start-run.js';

const DEFAULTS = { timeout: 120_000, linger: 8_000, terminateGrace: 2_000, maxLineBytes: 16 * 1024 * 1024 };

/** How long (ms) a run waits for the ones before it, should one of them never settle. */
const LONGEST_WAIT = 30_000;

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

/** Why a run is ended before it ends by itself. The first cause wins. */
type Ending =
  /** The turn is over, and the process stays too long: the outcome is what it was. */
  | { readonly how: 'linger' }
  /** Nobody listens any more. */
  | { readonly how: 'silent' }
  | { readonly how: 'complete' }
  | { readonly how: 'error'; readonly error: unknown };

/** Leaves the start of a run that was ended meanwhile. */
class Stopped extends Error {}

/** One run, from its request to the moment when nothing of it is left. */
export class RunEngine {
  readonly #request: AnyRunRequest;
  readonly #sink: RunSink;
  readonly #record = new RunRecord();
  readonly #holds = new Holds();
  readonly #timeout = new Countdown();
  readonly #linger = new Countdown();
  readonly #stopped: Deferred = deferred();
  readonly #linesEnded: Deferred = deferred();
  #ending: Ending | undefined;
  #hasLeft = false;
  #isOver = false;
  #preparation: Preparation | undefined;
  #launched: Launched | undefined;
  #reader: OutputReader | undefined;
  #log: EventLog | undefined;
  #pipeline: LinesPipeline | undefined;
  #hasSourceEnded = false;
  #pauses: Subscription | undefined;
  #termination: Promise<readonly number[]> | undefined;
  /** Settles when nothing of the run is left; never rejects. */
  readonly settled: Promise<void>;

  constructor(request: AnyRunRequest, sink: RunSink, predecessors: readonly Promise<unknown>[]) {
    this.#request = request;
    this.#sink = sink;
    this.settled = this.#run(predecessors);
  }

  /** The consumer goes. Before the terminal event that ends the run; after it the process may leave by itself. */
  leave(): void {
    if (this.#isOver || this.#hasLeft) return;
    this.#hasLeft = true;
    if (this.#record.terminal === undefined) {
      this.#stop({ how: 'silent' });
      return;
    }
    this.#closeConsumers();
    this.#reader?.discard(() => {
      this.#linger.restart();
    });
  }

  async #run(predecessors: readonly Promise<unknown>[]): Promise<void> {
    let result: Ending;
    try {
      const launched = await this.#begin(predecessors);
      result = this.#conclude(await this.#untilGone(launched));
    } catch (error) {
      result = this.#ending ?? { how: 'error', error };
    }
    await this.#cleanUp();
    this.#isOver = true;
    if (this.#hasLeft) return;
    if (result.how === 'error') this.#sink.error(result.error);
    else this.#sink.complete();
  }

  async #begin(predecessors: readonly Promise<unknown>[]): Promise<Launched> {
    const request = this.#request;
    validateRequest(request);
    request.signal?.addEventListener('abort', this.#abort, { once: true });
    if (request.signal?.aborted === true) this.#abort();
    this.#checkStopped();
    await this.#wait([...predecessors, ...this.#sameThread()]);
    const preparation = await this.#prepare();
    if (request.eventLog !== undefined && request.eventLog !== '') this.#log = openEventLog(request.eventLog);
    this.#openPipeline(preparation);
    this.#checkStopped();
    const launched = await launch(request, preparation);
    this.#attach(launched, preparation);
    return launched;
  }

  #checkStopped(): void {
    if (this.#ending !== undefined) throw new Stopped();
  }

  #sameThread(): Promise<unknown>[] {
    const request = this.#request;
    if (request.command !== 'resume' && request.command !== 'fork') return [];
    return leavingThread(typeof request.session === 'string' ? request.session : undefined);
  }

  async #wait(runs: readonly Promise<unknown>[]): Promise<void> {
    if (runs.length === 0) return;
    const limit = new AbortController();
    const expired = delay(LONGEST_WAIT, undefined, { signal: limit.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(runs), this.#stopped.promise, expired]);
    limit.abort();
    this.#checkStopped();
  }

  async #prepare(): Promise<Preparation> {
    const preparing = prepareRun(this.#request);
    const prepared = await Promise.race([preparing, this.#stopped.promise]);
    if (prepared === undefined) {
      // What is prepared although nobody wants it any more is undone.
      preparing.then(
        (late) => late.workspace.remove(),
        () => undefined,
      );
      throw new Stopped();
    }
    this.#preparation = prepared;
    return prepared;
  }

  #openPipeline(preparation: Preparation): void {
    const stage = createEventStage(this.#request, this.#record, {
      line: (line) => {
        this.#sink.line?.(line);
      },
      event: (event) => {
        if (this.#ending === undefined && !this.#hasLeft) this.#sink.event?.(event);
      },
      terminal: () => {
        this.#onTerminal();
      },
      fail: (error) => {
        this.#stop({ how: 'error', error });
      },
      notices: () => preparation.notices,
      spawnedAt: () => this.#launched?.spawnedAt ?? Number.POSITIVE_INFINITY,
    });
    this.#pipeline = openLinesPipeline(this.#request.lines, {
      line: (line) => {
        if (this.#ending !== undefined || this.#hasLeft) return;
        this.#linger.restart();
        stage(line);
      },
      end: () => {
        this.#linesEnded.resolve();
        if (!this.#hasSourceEnded) this.#stop({ how: 'complete' });
      },
      error: (error) => {
        this.#stop({ how: 'error', error });
      },
      hold: () => this.#holds.acquire(),
    });
  }

  #attach(launched: Launched, preparation: Preparation): void {
    const { child } = launched;
    const { command, argv, workspace, runId } = preparation;
    const request = this.#request;
    this.#launched = launched;
    diagnose({ type: 'spawn', runId, pid: child.pid, command, cwd: workspace.cwd });
    const log = this.#log;
    this.#reader = new OutputReader(child, {
      maxLineBytes: request.maxLineBytes ?? DEFAULTS.maxLineBytes,
      holds: this.#holds,
      onChunk:
        log === undefined
          ? undefined
          : (chunk) => {
              log.write(chunk);
            },
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
    if (this.#ending !== undefined) {
      this.#end(launched);
      return;
    }
    const timeout = request.timeout ?? DEFAULTS.timeout;
    this.#timeout.set(timeout, () => {
      const { threadId, lastNotice } = this.#record;
      this.#stop({ how: 'error', error: new RunTimeoutError(timeout, { threadId, lastNotice }) });
    });
    this.#followPauses();
    this.#sink.started?.({ type: 'started', pid: child.pid, command, argv, cwd: workspace.cwd });
  }

  #followPauses(): void {
    const hold = this.#holds.acquire();
    this.#pauses = this.#request.paused$?.subscribe({
      next: (isPaused) => {
        if (isPaused) hold.pause();
        else hold.resume();
      },
      error: (error: unknown) => {
        this.#stop({ how: 'error', error });
      },
      complete: () => {
        hold.resume();
      },
    });
  }

  readonly #abort = (): void => {
    if (this.#record.terminal === undefined) {
      this.#stop({ how: 'error', error: new AbortError(this.#request.signal?.reason) });
    }
  };

  #onTerminal(): void {
    const { threadId } = this.#record;
    this.#timeout.clear();
    this.#linger.set(this.#request.linger ?? DEFAULTS.linger, () => {
      this.#stop({ how: 'linger' });
    });
    if (this.#request.reapAfterTurn === true) this.#launched?.child.processes.note();
    if (threadId !== undefined) leaveThread(threadId, this.settled);
  }

  #stop(ending: Ending): void {
    if (this.#ending !== undefined || this.#isOver) return;
    this.#ending = ending;
    this.#stopped.resolve();
    if (this.#record.threadId !== undefined) leaveThread(this.#record.threadId, this.settled);
    this.#closeConsumers();
    if (this.#launched !== undefined) this.#end(this.#launched);
  }

  #closeConsumers(): void {
    this.#timeout.clear();
    this.#pauses?.unsubscribe();
    this.#pipeline?.close();
    this.#holds.release();
    this.#linesEnded.resolve();
  }

  #end({ child }: Launched): void {
    this.#linger.clear();
    this.#reader?.discard();
    const runId = this.#preparation?.runId ?? '';
    this.#termination ??= terminate(child, {
      grace: this.#request.terminateGrace ?? DEFAULTS.terminateGrace,
      daemons: this.#reapsDaemons,
      onSignal: (signal, to) => {
        diagnose({ type: 'signal', runId, pid: child.pid, signal, to });
      },
    });
  }

  /** What the CLI itself left running after a finished turn is its user's. */
  get #reapsDaemons(): boolean {
    return this.#record.terminal === undefined || this.#request.reapAfterTurn === true;
  }

  /** Waits until the process is gone, with what it wrote and what it left. */
  async #untilGone(launched: Launched): Promise<ExitStatus> {
    const { child } = launched;
    // A process that survives even SIGKILL (it waits for a dead disk) must not hold the stream for ever.
    const given = this.#stopped.promise.then(async () => {
      await this.#termination;
      return { code: null, signal: null };
    });
    const status = await Promise.race([child.exited, given]);
    if (this.#ending === undefined) {
      await this.#reader?.drain();
      await this.#linesThrough();
    }
    const isFinished = this.#record.terminal !== undefined || this.#isTurnless;
    if (this.#termination === undefined && (!isFinished || this.#request.reapAfterTurn === true)) {
      this.#termination = sweep(child.processes, { daemons: true });
    }
    const left = (await this.#termination) ?? [];
    const runId = this.#preparation?.runId ?? '';
    diagnose({ type: 'exit', runId, pid: child.pid, ...status });
    if (left.length > 0) {
      diagnose({ type: 'leftover', runId, pids: left });
      warnCleanup('some processes of a run could not be ended', left.join(', '));
    }
    return status;
  }

  /** The `lines` operator may still work on what it got; one that never completes is not waited for. */
  async #linesThrough(): Promise<void> {
    const limit = new AbortController();
    const grace = this.#request.linger ?? DEFAULTS.linger;
    const expired = delay(grace, undefined, { signal: limit.signal }).catch(() => undefined);
    await Promise.race([this.#linesEnded.promise, expired]);
    limit.abort();
  }

  /** A fork without a prompt has no turn. */
  get #isTurnless(): boolean {
    return this.#request.command === 'fork' && this.#request.prompt === undefined;
  }

  #conclude(status: ExitStatus): Ending {
    const preparation = this.#preparation;
    const ending = this.#ending;
    if (!this.#hasLeft && preparation !== undefined) this.#sink.exited?.(this.#exitedSignal(status, preparation));
    if (ending !== undefined && ending.how !== 'linger') return ending;
    const { terminal, threadId, usage, lastMessage, lastNotice } = this.#record;
    const error = judge(
      {
        terminal,
        threadId,
        usage,
        lastMessage,
        lastNotice,
        exitCode: status.code,
        signal: status.signal,
        stderr: redactText(this.#reader?.stderr ?? '', secretsOf(preparation?.env ?? {})),
        command: preparation?.command ?? '',
        session: sessionName(this.#request),
        isTurnless: this.#isTurnless,
      },
      new Date(),
    );
    return error === undefined ? { how: 'complete' } : { how: 'error', error };
  }

  #exitedSignal(status: ExitStatus, { workspace }: Preparation): ExitedSignal {
    // The CLI writes an empty file when a turn fails.
    const written = workspace.readLastMessage();
    const lastMessage = written === undefined || written === '' ? this.#record.lastMessage : written;
    return {
      type: 'exited',
      code: status.code,
      signal: status.signal,
      ...(lastMessage === undefined ? {} : { lastMessage }),
      ...(workspace.lastMessagePath === undefined ? {} : { lastMessagePath: workspace.lastMessagePath }),
      ...(workspace.schemaPath === undefined ? {} : { schemaPath: workspace.schemaPath }),
    };
  }

  async #cleanUp(): Promise<void> {
    this.#closeConsumers();
    this.#linger.clear();
    this.#request.signal?.removeEventListener('abort', this.#abort);
    this.#log?.close();
    this.#launched?.child.release();
    await this.#preparation?.workspace.remove();
    this.#launched?.untrack();
  }
}
