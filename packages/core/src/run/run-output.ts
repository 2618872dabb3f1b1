import type { Unsubscribable } from 'rxjs';
import { secretsOf } from '../process/environment.js';
import { redactText } from '../secrets/redact.js';
import { applyPauses } from '../util/apply-pauses.js';
import { type Deferred, deferred } from '../util/deferred.js';
import { PauseGate } from '../util/pause-gate.js';
import { warnOnError } from '../util/warn-on-error.js';
import { createEventStage } from './event-decoder.js';
import { type EventLog, openEventLog } from './event-log.js';
import { type LinesPipeline, openLinesPipeline } from './lines-operator.js';
import { OutputReader } from './output-reader.js';
import type { Launched, PreparedRun } from './prepare-run.js';
import type { LimitedRequest } from './run-defaults.js';
import type { RunProgress } from './run-progress.js';
import type { RunSink } from './run-sink.js';

interface FlowHandlers {
  /** Whether what comes is still for somebody. */
  readonly isHeard: () => boolean;
  /** The process still speaks. */
  readonly activity: () => void;
  /** The turn is over; called before its line and its event are handed on. */
  readonly turnOver: () => void;
  /** The `lines` operator wants no more. */
  readonly enough: () => void;
  readonly fail: (error: unknown) => void;
}

/** The way from what a process writes to its consumer: log, lines, the request's operator, events; and the ways to hold it back. */
export class RunFlow {
  readonly #request: LimitedRequest;
  readonly #record: RunProgress;
  readonly #sink: RunSink;
  readonly #handlers: FlowHandlers;
  readonly #holds = new PauseGate();
  readonly #linesEnded: Deferred = deferred();
  #hasSourceEnded = false;
  #log: EventLog | undefined;
  #pipeline: LinesPipeline | undefined;
  #launched: Launched | undefined;
  #reader: OutputReader | undefined;
  #pauses: Unsubscribable | undefined;

  constructor(request: LimitedRequest, record: RunProgress, sink: RunSink, handlers: FlowHandlers) {
    this.#request = request;
    this.#record = record;
    this.#sink = sink;
    this.#handlers = handlers;
  }

  /** The beginning and the end of standard error. */
  get stderr(): string {
    return this.#reader?.stderr ?? '';
  }

  /** Before the process is started: what can fail here must not cost one. Throws an `OutputError`, or what the operator throws. */
  open({ notices, env }: Pick<PreparedRun, 'notices' | 'env'>): void {
    const { isHeard, turnOver, fail, activity, enough } = this.#handlers;
    const { eventLog, lines } = this.#request;
    if (eventLog !== undefined) this.#log = openEventLog(eventLog);
    const stage = createEventStage(this.#request, this.#record, {
      line: (line) => {
        if (isHeard()) this.#sink.line?.(line);
      },
      event: (event) => {
        if (isHeard()) this.#sink.event?.(event);
      },
      turnOver,
      fail,
      redact: (text) => redactText(text, secretsOf(env)),
      notices: () => notices,
      spawnedAt: () => this.#launched?.spawnedAt ?? Number.POSITIVE_INFINITY,
    });
    this.#pipeline = openLinesPipeline(lines, {
      line: (line) => {
        if (!isHeard()) return;
        activity();
        stage(line);
      },
      end: () => {
        this.#linesEnded.resolve();
        if (!this.#hasSourceEnded) enough();
      },
      error: fail,
      hold: () => this.#holds.acquire(),
    });
  }

  /** Begins to read. `hearStderr` gets standard error as it comes. */
  read(launched: Launched, hearStderr: ((text: string) => void) | undefined): void {
    const { maxLineBytes, mirrorStdout, mirrorStderr } = this.#request;
    this.#launched = launched;
    this.#reader = new OutputReader(launched.child, {
      maxLineBytes,
      holds: this.#holds,
      onChunk: this.#log?.write,
      onStderr: hearStderr,
      mirrorStdout: mirrorStdout === true,
      mirrorStderr: mirrorStderr === true,
      line: (line) => this.#pipeline?.push(line),
      end: () => {
        this.#hasSourceEnded = true;
        this.#pipeline?.end();
      },
      error: this.#handlers.fail,
    });
  }

  followPauses(): void {
    const { paused$ } = this.#request;
    const { isHeard, fail } = this.#handlers;
    if (paused$ === undefined || !isHeard()) return;
    this.#pauses = applyPauses(paused$, this.#holds.acquire(), fail);
    // What `paused$` emitted at once may have ended the run.
    if (!isHeard()) this.closeConsumers();
  }

  /** From now on what comes is read and dropped. */
  discard(onData?: () => void): void {
    this.#reader?.discard(onData);
  }

  /** After the exit: settles when all that the process wrote has been handed on, or nobody wants it any more. */
  async drained(): Promise<void> {
    await this.#reader?.drain();
    // The operator may still work on what it got. The limits of the turn hold for it, too.
    await this.#linesEnded.promise;
  }

  /** These are the user's own: what they throw must not keep a process alive. */
  closeConsumers(): void {
    warnOnError('could not unsubscribe from paused$', () => this.#pauses?.unsubscribe());
    warnOnError('could not unsubscribe from the lines operator', () => this.#pipeline?.close());
    this.#linesEnded.resolve();
  }

  close(): void {
    this.closeConsumers();
    this.#log?.close();
  }
}
