import { ExitError, SessionError, TurnFailedError } from '../errors/index.js';
import type { Usage } from '../events/events.js';
import { categorize } from './categorize.js';
import { exactResetTime, type RateLimitWindow } from './exact-reset-time.js';
import { findLoggedError, findReason, unwrapMessage } from './failure-text.js';
import { parseResetTime } from './reset-time.js';
import { sessionNotFound } from './session-not-found.js';

/** Everything that is known of a run after its process has exited. */
export interface ObservedRun {
  readonly terminal: { readonly type: 'completed' } | { readonly type: 'failed'; readonly message: string } | undefined;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Redacted. */
  readonly stderr: string;
  readonly threadId: string | undefined;
  readonly usage: Usage | undefined;
  readonly lastMessage: string | undefined;
  readonly lastNotice: string | undefined;
  /** Printable and redacted. */
  readonly command: string;
  /** The session that the request resumes or forks. */
  readonly session: string | undefined;
  /** A fork without a prompt has no turn. */
  readonly isTurnless: boolean;
}

/** The end of a usage limit, from other sources than the message of the CLI. */
export interface LimitFacts {
  readonly now: Date;
  readonly timeZone?: string | undefined;
  readonly limits?: readonly RateLimitWindow[];
}

/**
 * Returns the error of a run, or `undefined` if it succeeded. `turn.completed` is a success with any exit code;
 * `turn.failed` is a `TurnFailedError`; a run without either is an `ExitError`, also for exit code 0, or a
 * `SessionError` if the CLI rejected the session.
 *
 * @param facts the time, the `TZ` of the run, and the limits of its session file
 */
export function runOutcome(
  run: ObservedRun,
  { now, timeZone, limits = [] }: LimitFacts,
): TurnFailedError | ExitError | SessionError | undefined {
  if (run.terminal?.type === 'completed') return undefined;
  if (run.isTurnless && run.threadId !== undefined && run.exitCode === 0) return undefined;
  const message = run.terminal?.message;
  const observed = { message, notice: run.lastNotice, stderr: run.stderr, exitCode: run.exitCode };
  const category = categorize(observed);
  const text = unwrapMessage(message ?? run.lastNotice ?? '');
  const failure = {
    ...run,
    category,
    resetsAt: category === 'usage_limit' ? exactResetTime(parseResetTime(text, now, timeZone), limits, now) : undefined,
  };
  if (message !== undefined) return new TurnFailedError(text === '' ? 'The turn failed.' : text, failure);
  return sessionError(run) ?? new ExitError(describeExit(run), failure);
}

const SESSION_PROBLEMS = [
  ['SESSION_ARCHIVED', /is archived/],
  ['SESSION_BUSY', /already has an active writer/],
  [
    'SESSION_NOT_FOUND',
    /no rollout found|(thread|session|conversation) \S+ not found|session not found|no (saved )?session|no sessions? found/i,
  ],
] as const;

function sessionError(run: ObservedRun): SessionError | undefined {
  if (run.session === undefined || run.threadId !== undefined) return undefined;
  return toSessionError(run.session, findReason(run.stderr) ?? '');
}

/** Returns the error for a session that the CLI rejected with this reason, or `undefined` for another reason. */
export function toSessionError(session: string, reason: string): SessionError | undefined {
  const refusal = SESSION_PROBLEMS.find(([, pattern]) => pattern.test(reason));
  if (refusal === undefined) return undefined;
  const [code] = refusal;
  const problem = reason.replace(/^Error: /, '');
  return code === 'SESSION_NOT_FOUND'
    ? sessionNotFound(session, { cause: new Error(problem) })
    : new SessionError(code, session, problem);
}

function describeExit(run: ObservedRun): string {
  const how =
    run.signal === null
      ? `codex exited with code ${String(run.exitCode)} before the turn ended`
      : `codex was ended by ${run.signal} before the turn ended`;
  const notice = run.lastNotice === undefined ? undefined : unwrapMessage(run.lastNotice);
  const why = findReason(run.stderr) ?? notice ?? findLoggedError(run.stderr);
  return why === undefined ? `${how}.` : `${how}: ${why}`;
}
