import { CodexError } from '../events/codex-error.js';
import type { FailureCategory, Usage } from '../events/events.js';

/** Details of a failed run. */
export interface RunFailure {
  /** The kind of the failure. */
  readonly category: FailureCategory;
  /** `null` if a signal terminated the process, or if it has not exited. */
  readonly exitCode: number | null;
  /** The signal that terminated the process; `null` if it exited. */
  readonly signal: string | null;
  /** The first and the last 16 KiB of stderr, with a mark where text was omitted; secrets redacted. */
  readonly stderr: string;
  /** The thread of the run, if it has started. */
  readonly threadId: string | undefined;
  /** Tokens that the CLI has reported. */
  readonly usage: Usage | undefined;
  /** Text of the last `agent_message`. */
  readonly lastMessage: string | undefined;
  /** Message of the last `error` event, which is often the actual reason. */
  readonly lastNotice: string | undefined;
  /** End of the usage limit, with category `usage_limit`, if the CLI reports it. */
  readonly resetsAt: Date | undefined;
  /** The printable command line, secrets redacted. */
  readonly command: string;
}

/** Base class of errors of runs that failed without being stopped. */
abstract class RunFailureError extends CodexError implements RunFailure {
  readonly category: FailureCategory;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  readonly threadId: string | undefined;
  readonly usage: Usage | undefined;
  readonly lastMessage: string | undefined;
  readonly lastNotice: string | undefined;
  readonly resetsAt: Date | undefined;
  readonly command: string;

  constructor(name: string, message: string, failure: RunFailure) {
    super(name, message);
    this.category = failure.category;
    this.exitCode = failure.exitCode;
    this.signal = failure.signal;
    this.stderr = failure.stderr;
    this.threadId = failure.threadId;
    this.usage = failure.usage;
    this.lastMessage = failure.lastMessage;
    this.lastNotice = failure.lastNotice;
    this.resetsAt = failure.resetsAt;
    this.command = failure.command;
  }
}

/** The CLI reported `turn.failed`, with this message (the text of an HTTP body, if it has one). Code `TURN_FAILED`. */
export class TurnFailedError extends RunFailureError {
  /** Always `TURN_FAILED`. */
  readonly code = 'TURN_FAILED';

  constructor(message: string, failure: RunFailure) {
    super('TurnFailedError', message, failure);
  }
}

/** The process exited before the turn ended, with any exit code. Code `EXIT`. */
export class ExitError extends RunFailureError {
  /** Always `EXIT`. */
  readonly code = 'EXIT';
  /**
   * Of a command: its stdout, bounded and redacted as `stderr` is. `undefined` for a run, and where stdout may
   * contain secrets.
   */
  readonly stdout: string | undefined;

  constructor(message: string, failure: RunFailure & { readonly stdout?: string | undefined }) {
    super('ExitError', message, failure);
    this.stdout = failure.stdout;
  }
}

/** The codes of a `SessionError`. */
export type SessionErrorCode = 'SESSION_NOT_FOUND' | 'SESSION_ARCHIVED' | 'SESSION_BUSY';

/**
 * A session cannot be resumed or forked: it does not exist (`SESSION_NOT_FOUND`, also when the CLI silently started a
 * new one), is archived (`SESSION_ARCHIVED`), or another process is writing to it (`SESSION_BUSY`).
 */
export class SessionError extends CodexError {
  /** Says why the session cannot be used. */
  readonly code: SessionErrorCode;
  /** The session of the request: an id, a name, or `--last`. */
  readonly session: string;
  /** The thread that the CLI started instead, if any. */
  readonly startedThreadId: string | undefined;

  constructor(
    code: SessionErrorCode,
    session: string,
    problem: string,
    details: { startedThreadId?: string | undefined; cause?: unknown } = {},
  ) {
    super('SessionError', problem, { cause: details.cause });
    this.code = code;
    this.session = session;
    this.startedThreadId = details.startedThreadId;
  }
}
