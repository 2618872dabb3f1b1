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

interface Ended {
  readonly request: AnyRunRequest;
  readonly preparation: PreparedRun;
  readonly record: RunProgress;
  readonly status: ExitStatus;
  readonly stderr: string;
  /** What ended it early, if anything did. */
  readonly cause: StopReason | undefined;
}

/** How the consumer hears of the end of a run: by what ended it early, else by what it showed. */
export function runResult({ request, preparation, record, status, stderr, cause }: Ended): StopReason {
  if (cause !== undefined && cause.kind !== 'linger') return cause;
  const secrets = secretsOf(preparation.env);
  const { terminal, threadId, usage, lastMessage, lastNotice } = record;
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
      command: preparation.command,
      session: sessionName(request),
      isTurnless: hasNoTurn(request),
    },
    new Date(),
  );
  return error === undefined ? { kind: 'complete' } : { kind: 'error', error };
}

/** Reads the file with the final message, so that it may be removed afterwards. */
export function runExited(
  { code, signal }: ExitStatus,
  workspace: Workspace,
  messageInStream: string | undefined,
): RunExited {
  // The CLI writes an empty file when a turn fails.
  const written = workspace.readLastMessage();
  const lastMessage = written === undefined || written === '' ? messageInStream : written;
  return {
    type: 'exited',
    code,
    signal,
    ...(lastMessage === undefined ? {} : { lastMessage }),
    ...(workspace.lastMessagePath === undefined ? {} : { lastMessagePath: workspace.lastMessagePath }),
    ...(workspace.schemaPath === undefined ? {} : { schemaPath: workspace.schemaPath }),
  };
}
