import type { ThreadEvent } from '../events/events.js';
import { CodexError } from '../util/codex-error.js';

/** The turn, or the command, took longer than `timeout`; the process is gone. Code `RUN_TIMEOUT`. */
export class RunTimeoutError extends CodexError {
  readonly code = 'RUN_TIMEOUT';
  /** The limit, in ms. */
  readonly timeout: number;
  readonly threadId: string | undefined;
  /** The last `error` event: a CLI without a network retries for ever and says so here. */
  readonly lastNotice: string | undefined;

  constructor(
    timeout: number,
    details: { threadId?: string | undefined; lastNotice?: string | undefined; what?: 'turn' | 'command' } = {},
  ) {
    const notice = details.lastNotice === undefined ? '' : ` Last notice: ${details.lastNotice}`;
    super(
      `The ${details.what ?? 'turn'} did not end within ${timeout} ms; the process was terminated. Raise \`timeout\`, or set it to 0 for none.${notice}`,
    );
    this.timeout = timeout;
    this.threadId = details.threadId;
    this.lastNotice = details.lastNotice;
  }

  override get name(): string {
    return 'RunTimeoutError';
  }
}

/** What `idleTimeout()` knows when nothing happened for too long. */
export interface IdleTimeoutInfo {
  /** The limit that was hit, in ms. */
  readonly idleFor: number;
  /** Which limit it was. */
  readonly phase: 'first' | 'each' | 'whileRunning';
  readonly lastEvent: ThreadEvent | undefined;
  /** How many events came before. */
  readonly seen: number;
}

/** No activity for too long; the run is being terminated. Code `IDLE_TIMEOUT`. */
export class IdleTimeoutError extends CodexError {
  readonly code = 'IDLE_TIMEOUT';
  readonly info: IdleTimeoutInfo;

  constructor(info: IdleTimeoutInfo) {
    const last = info.lastEvent === undefined ? 'no event at all' : `last event: ${info.lastEvent.type}`;
    super(`No activity for ${info.idleFor} ms (${info.phase}; ${last})`);
    this.info = info;
  }

  override get name(): string {
    return 'IdleTimeoutError';
  }
}

/** The run was aborted by the request's `signal`; the process is gone. `name` and `code` (`ABORT_ERR`) are those of Node. */
export class AbortError extends CodexError {
  readonly code = 'ABORT_ERR';
  /** `signal.reason`, as it was given; also the `cause`. */
  readonly reason: unknown;

  constructor(reason: unknown) {
    super('The run was aborted', { cause: reason });
    this.reason = reason;
  }

  override get name(): string {
    return 'AbortError';
  }
}
