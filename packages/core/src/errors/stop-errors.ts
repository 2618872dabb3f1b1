import { CodexError } from '../events/codex-error.js';
import type { ThreadEvent } from '../events/events.js';

/** The turn, or the command, took longer than `timeout`. Code `RUN_TIMEOUT`. */
export class RunTimeoutError extends CodexError {
  /** Always `RUN_TIMEOUT`. */
  readonly code = 'RUN_TIMEOUT';
  /** The limit, in ms. */
  readonly timeout: number;
  /** The thread of the run, if it has started. */
  readonly threadId: string | undefined;
  /** Message of the last `error` event: a CLI without a network reports its endless retries here. */
  readonly lastNotice: string | undefined;

  constructor(
    timeout: number,
    details: { threadId?: string | undefined; lastNotice?: string | undefined; what?: 'turn' | 'command' } = {},
  ) {
    const notice = details.lastNotice === undefined ? '' : ` Last notice: ${details.lastNotice}`;
    super(
      'RunTimeoutError',
      `The ${details.what ?? 'turn'} did not end within ${timeout} ms. Raise "timeout", or set it to 0 for no limit.${notice}`,
    );
    this.timeout = timeout;
    this.threadId = details.threadId;
    this.lastNotice = details.lastNotice;
  }
}

/** Details of a timeout of `idleTimeout()`. */
export interface IdleTimeoutInfo {
  /** The limit that was exceeded, in ms. */
  readonly idleFor: number;
  /** The name of the limit. */
  readonly phase: 'first' | 'each' | 'whileRunning';
  /** The last event before the timeout. */
  readonly lastEvent: ThreadEvent | undefined;
  /** The number of events before the timeout. */
  readonly seen: number;
  /** Message of the last `error` event: a CLI without a network reports its endless retries here. */
  readonly lastNotice?: string | undefined;
}

/** The run had no activity within a limit of `idleTimeout()`. Code `IDLE_TIMEOUT`. */
export class IdleTimeoutError extends CodexError {
  /** Always `IDLE_TIMEOUT`. */
  readonly code = 'IDLE_TIMEOUT';
  /** The limit, and the events before it. */
  readonly info: IdleTimeoutInfo;

  constructor(info: IdleTimeoutInfo) {
    const last = info.lastEvent === undefined ? 'no event' : `last event: ${info.lastEvent.type}`;
    const notice = info.lastNotice === undefined ? '' : ` Last notice: ${info.lastNotice}`;
    super('IdleTimeoutError', `No activity for ${info.idleFor} ms (${info.phase}; ${last}).${notice}`);
    this.info = info;
  }
}

/** The `signal` of the request was aborted. `name` and `code` (`ABORT_ERR`) are those of Node.js. */
export class AbortError extends CodexError {
  /** Always `ABORT_ERR`. */
  readonly code = 'ABORT_ERR';
  /** `signal.reason`; also the `cause`. */
  readonly reason: unknown;

  constructor(reason: unknown) {
    super('AbortError', 'The run was aborted', { cause: reason });
    this.reason = reason;
  }
}
