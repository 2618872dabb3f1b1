import type { FailureCategory, Usage } from '../events/events.js';
import { CodexError } from '../util/codex-error.js';

/** What was learnt in a run that did not end well. */
export interface RunFailure {
  readonly category: FailureCategory;
  /** `null` if a signal ended the process, or if it has not ended. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The first and the last 16 KiB of standard error, with a mark where text between was left out; secrets redacted. */
  readonly stderr: string;
  readonly threadId: string | undefined;
  readonly usage: Usage | undefined;
  /** Text of the last `agent_message`. */
  readonly lastMessage: string | undefined;
  /** The last `error` event: often the real reason. */
  readonly lastNotice: string | undefined;
  /** With category `usage_limit`, where the CLI says it. */
  readonly resetsAt: Date | undefined;
  /** The printable command line, secrets redacted. */
  readonly command: string;
}

/** Base of the two ways in which a run ends badly by itself. */
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

  constructor(message: string, failure: RunFailure) {
    super(message);
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

/** The CLI reported `turn.failed`. The message is the CLI's own, an HTTP body in it unwrapped to its text. Code `TURN_FAILED`. */
export class TurnFailedError extends RunFailureError {
  readonly code = 'TURN_FAILED';

  override get name(): string {
    return 'TurnFailedError';
  }
}

/** The process ended without a terminal event, whatever its exit code. Code `EXIT`. */
export class ExitError extends RunFailureError {
  readonly code = 'EXIT';

  override get name(): string {
    return 'ExitError';
  }
}

export type SessionErrorCode = 'SESSION_NOT_FOUND' | 'SESSION_ARCHIVED' | 'SESSION_BUSY';

/**
 * A session cannot be resumed or forked: it does not exist (`SESSION_NOT_FOUND`, also when the CLI silently began a new one), is archived
 * (`SESSION_ARCHIVED`), or another process is writing to it (`SESSION_BUSY`).
 */
export class SessionError extends CodexError {
  readonly code: SessionErrorCode;
  /** What was asked for: an id, a name, or `--last`. */
  readonly session: string;
  /** The thread that the CLI began instead, if it did. */
  readonly startedThreadId: string | undefined;

  constructor(
    code: SessionErrorCode,
    session: string,
    problem: string,
    details: { startedThreadId?: string | undefined; cause?: unknown } = {},
  ) {
    super(problem, { cause: details.cause });
    this.code = code;
    this.session = session;
    this.startedThreadId = details.startedThreadId;
  }

  override get name(): string {
    return 'SessionError';
  }
}
