import { defer, type Observable, of, timeout } from 'rxjs';
import { approveInTerminal } from './in-terminal.js';
import type { ApprovalDecision, ApprovalHandler, ApprovalRequest } from './types.js';

function decline(): Observable<ApprovalDecision> {
  return of('decline');
}

function acceptAll(): Observable<ApprovalDecision> {
  return of('accept');
}

const READING: readonly string[] = ['read', 'listFiles', 'search'];

function readOnly(request: ApprovalRequest): Observable<ApprovalDecision> {
  const isReading =
    request.kind === 'command' &&
    request.actions.length > 0 &&
    request.actions.every(({ type }) => READING.includes(type));
  return of(isReading ? 'accept' : 'decline');
}

/** A handler that is late fails, and a failure declines. */
function withTimeout(ms: number, handler: ApprovalHandler): ApprovalHandler {
  return (request, context) => defer(() => handler(request, context)).pipe(timeout({ first: ms }));
}

/**
 * Handlers of requests for approval.
 *
 * - `decline` refuses everything.
 * - `acceptAll` accepts every command and every change. Use it in a container only. It has no answers to questions.
 * - `readOnly` accepts commands that only read, as far as the CLI understands them, and declines everything else.
 * - `inTerminal` shows the command or the diff and asks.
 * - `timeout` declines when a handler has not decided in time.
 *
 * @example
 * ```ts
 * import { approvals, openAppServer } from '@codex-rx/core/app-server';
 *
 * await using server = await openAppServer({ approvals: approvals.timeout(60_000, approvals.inTerminal()) });
 * console.log(server.info.version);
 * ```
 */
export const approvals = {
  decline,
  acceptAll,
  readOnly,
  inTerminal: approveInTerminal,
  timeout: withTimeout,
} as const;
