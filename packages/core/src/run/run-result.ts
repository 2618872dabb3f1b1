import { RunTimeoutError } from '../errors/index.js';
import { isCodexError } from '../errors/is-codex-error.js';
import { resolveHome } from '../home/resolve-home.js';
import type { RateLimitWindow } from '../outcome/exact-reset-time.js';
import { runOutcome } from '../outcome/run-outcome.js';
import type { ExitStatus } from '../process/child.js';
import { secretsOf } from '../process/environment.js';
import type { AnyRunRequest } from '../request/types.js';
import { readRateLimits } from '../rollouts/read-rate-limits.js';
import { redactText } from '../secrets/redact.js';
import { sessionName } from './check-session.js';
import { readLastMessage, writeLastMessage } from './last-message.js';
import type { PreparedRun } from './prepare-run.js';
import type { RunExited } from './run-notification.js';
import { hasNoTurn, type RunProgress } from './run-progress.js';
import type { StopReason } from './stop-controller.js';
import type { Workspace } from './workspace.js';

interface EndedRun {
  readonly request: AnyRunRequest;
  readonly prepared: PreparedRun;
  readonly progress: RunProgress;
  readonly status: ExitStatus;
  readonly stderr: string;
  /** Why the run was stopped, if it was. */
  readonly stopReason: StopReason | undefined;
}

export interface FinishedRun {
  readonly reason: StopReason;
  readonly exited?: RunExited;
}

/** Returns how a run ends and its `exited` notification. Copies the final message to the file of the request. */
export function finishRun(run: EndedRun): FinishedRun {
  const { prepared, progress, status } = run;
  const { workspace } = prepared;
  const reason = exactResult(run);
  // The CLI writes an empty file when a turn fails.
  const written = readLastMessage(workspace.privateMessagePath);
  const lastMessage = written === undefined || written === '' ? progress.lastMessage : written;
  const exited = runExited(status, workspace, lastMessage);
  const failure = copyLastMessage(workspace, written);
  return { reason: reason.kind === 'error' ? reason : (failure ?? reason), exited };
}

/** Returns how the run ends if the final message cannot be copied. */
function copyLastMessage({ lastMessagePath }: Workspace, text: string | undefined): StopReason | undefined {
  if (lastMessagePath === undefined || text === undefined) return undefined;
  try {
    writeLastMessage(lastMessagePath, text);
    return undefined;
  } catch (error) {
    return { kind: 'error', error };
  }
}

/** Returns the error of a run whose turn exceeds `limit` ms. */
export function timeoutError(limit: number, progress: RunProgress, { env }: PreparedRun): RunTimeoutError {
  const { threadId, lastNotice } = progress;
  return new RunTimeoutError(limit, {
    threadId,
    lastNotice: lastNotice === undefined ? undefined : redactText(lastNotice, secretsOf(env)),
  });
}

/** Reads the exact end of a usage limit from the session file, if that is why the run failed. */
function exactResult(run: EndedRun): StopReason {
  const reason = runResult(run);
  const { prepared, progress } = run;
  if (reason.kind !== 'error' || !isCodexError(reason.error, 'TURN_FAILED', 'EXIT')) return reason;
  if (reason.error.category !== 'usage_limit' || progress.threadId === undefined) return reason;
  const { env, workspace, preparedAt } = prepared;
  const { root } = resolveHome({ env, inheritEnv: false, workingDirectory: workspace.cwd });
  return runResult(run, readRateLimits(root, progress.threadId, preparedAt));
}

/**
 * Returns how the Observable of a run ends: by the reason for which the run was stopped, otherwise by its events and
 * its exit.
 */
function runResult(
  { request, prepared, progress, status, stderr, stopReason }: EndedRun,
  limits: readonly RateLimitWindow[] = [],
): StopReason {
  if (stopReason !== undefined && stopReason.kind !== 'linger') return stopReason;
  const secrets = secretsOf(prepared.env);
  const { terminal, threadId, usage, lastMessage, lastNotice } = progress;
  const redacted = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : redactText(text, secrets);
  const error = runOutcome(
    {
      terminal:
        terminal?.type === 'failed' ? { ...terminal, message: redactText(terminal.message, secrets) } : terminal,
      threadId,
      usage,
      lastMessage: redacted(lastMessage),
      lastNotice: redacted(lastNotice),
      exitCode: status.code,
      signal: status.signal,
      stderr: redactText(stderr, secrets),
      command: prepared.command,
      session: sessionName(request),
      isTurnless: hasNoTurn(request),
    },
    { now: new Date(), timeZone: prepared.env.TZ, limits },
  );
  return error === undefined ? { kind: 'complete' } : { kind: 'error', error };
}

/** Creates the `exited` notification. */
function runExited(
  { code, signal }: ExitStatus,
  { lastMessagePath, schemaPath }: Workspace,
  lastMessage: string | undefined,
): RunExited {
  return {
    type: 'exited',
    code,
    signal,
    ...(lastMessage === undefined ? {} : { lastMessage }),
    ...(lastMessagePath === undefined ? {} : { lastMessagePath }),
    ...(schemaPath === undefined ? {} : { schemaPath }),
  };
}
