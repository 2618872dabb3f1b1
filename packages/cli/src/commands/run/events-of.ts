import { createCodex, type EngineOptions, type ExecRequest, type ThreadEvent } from '@codex-rx/core';
import { type ApprovalHandler, approvals } from '@codex-rx/core/app-server';
import { idleTimeout } from '@codex-rx/operators';
import { teeLines } from '@codex-rx/operators/node';
import { defer, finalize, type Observable } from 'rxjs';
import type { Context } from '../../command/context.js';
import type { Screen } from '../../terminal/index.js';
import type { RunInput } from './input.js';

/** A `RunInput` that was checked. */
export interface CheckedInput extends RunInput {
  readonly folder: string;
}

/** The parts of the program that a run uses. */
export interface EventsOptions {
  readonly context: Context;
  /** Held while the user answers a question. */
  readonly screen?: Screen | undefined;
}

/** The events of a run over either transport. Subscribing starts the run, unsubscribing ends it. */
export function eventsOf(input: CheckedInput, options: EventsOptions): Observable<ThreadEvent> {
  const codex = createCodex({}, engineOf(input, options));
  const request = requestOf(input, options.context.signal);
  const events$ =
    input.resume === undefined
      ? codex.exec$(request)
      : codex.resume$({ ...request, session: input.resume === 'latest' ? { last: true } : input.resume });
  return input.idleTimeout === undefined ? events$ : events$.pipe(idleTimeout(input.idleTimeout));
}

function engineOf({ transport }: CheckedInput, options: EventsOptions): EngineOptions {
  return transport === 'exec' ? { transport } : { transport, approvals: askInTerminal(options) };
}

function requestOf(input: CheckedInput, signal: AbortSignal): ExecRequest {
  const { prompt, folder, sandbox, model, timeout = 0, report, log, approvalPolicy, skipGitRepoCheck } = input;
  return {
    ...{ prompt, workingDirectory: folder, sandbox, model, timeout, approvalPolicy, skipGitRepoCheck, signal },
    // The durations of a report are those of its events.
    receivedAt: report === undefined ? undefined : true,
    lines: log === undefined ? undefined : teeLines(log),
  };
}

/** Asks on standard error, which is not part of the output. Without an answer, the agent must not do it. */
function askInTerminal({ context: { stdin, stderr }, screen }: EventsOptions): ApprovalHandler {
  const handler = approvals.inTerminal({ input: stdin, output: stderr });
  return (request, context) =>
    defer(() => {
      const release = screen?.hold();
      return defer(() => handler(request, context)).pipe(finalize(() => release?.()));
    });
}
