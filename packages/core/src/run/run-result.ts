import { runOutcome } from '../outcome/run-outcome.js';
import type { ExitStatus } from '../process/child.js';
import { secretsOf } from '../process/environment.js';
import type { AnyRunRequest } from '../request/types.js';
import { redactText } from '../secrets/redact.js';
import { sessionName } from './check-session.js';
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

/**
 * Returns how the Observable of a run ends: by the reason for which the run was stopped, otherwise by its events and
 * its exit.
 */
export function runResult({ request, prepared, progress, status, stderr, stopReason }: EndedRun): StopReason {
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
    new Date(),
    prepared.env.TZ,
  );
  return error === undefined ? { kind: 'complete' } : { kind: 'error', error };
}

/** Creates the `exited` notification. */
export function runExited(
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
