import { type ExecRequest, exec$, resume$, type ThreadEvent } from '@codex-rx/core';
import { type ApprovalHandler, type AppServer, approvals, appServer$ } from '@codex-rx/core/app-server';
import { idleTimeout } from '@codex-rx/operators';
import { teeLines } from '@codex-rx/operators/node';
import { defer, dematerialize, finalize, materialize, type Observable, switchMap } from 'rxjs';
import type { Context } from '../../command/context.js';
import type { Screen } from '../../terminal/index.js';
import type { RunInput } from './input.js';
import { logEvents } from './log-events.js';

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
  const events$ = input.transport === 'exec' ? overExec$(input, options) : overAppServer$(input, options);
  return input.idleTimeout === undefined ? events$ : events$.pipe(idleTimeout(input.idleTimeout));
}

function overExec$(input: CheckedInput, { context }: EventsOptions): Observable<ThreadEvent> {
  const request: ExecRequest = {
    ...requestOf(input, context.signal),
    skipGitRepoCheck: input.skipGitRepoCheck,
    lines: input.log === undefined ? undefined : teeLines(input.log),
  };
  if (input.resume === undefined) return exec$(request);
  return resume$({ ...request, session: input.resume === 'latest' ? { last: true } : input.resume });
}

function overAppServer$(input: CheckedInput, options: EventsOptions): Observable<ThreadEvent> {
  const { signal } = options.context;
  const request = { ...requestOf(input, signal), approvalPolicy: input.approvalPolicy };
  const turn$ = (server: AppServer) =>
    input.resume === undefined
      ? server.exec$(request)
      : server.resume$({ ...request, session: input.resume === 'latest' ? { last: true } : input.resume });
  // The end of the turn ends the server.
  const events$ = appServer$({ approvals: askInTerminal(options), signal }).pipe(
    switchMap((server) => turn$(server).pipe(materialize())),
    dematerialize(),
  );
  return input.log === undefined ? events$ : events$.pipe(logEvents(input.log));
}

function requestOf({ prompt, folder, sandbox, model, timeout, report }: CheckedInput, signal: AbortSignal) {
  // The durations of a report are those of its events.
  const times = report === undefined ? {} : { receivedAt: true };
  return { ...times, prompt, workingDirectory: folder, sandbox, model, timeout: timeout ?? 0, signal };
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
