import type { RawLine } from '../../events/raw-line.js';
import type { RequestId } from '../../protocol/messages.js';

/** An error as JSON-RPC has it. */
export interface RpcFailure {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

/** A message of the server. */
export type IncomingMessage =
  | { readonly kind: 'request'; readonly id: RequestId; readonly method: string; readonly params: unknown }
  | { readonly kind: 'notification'; readonly method: string; readonly params: unknown }
  | { readonly kind: 'result'; readonly id: RequestId; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: RequestId; readonly error: RpcFailure }
  | { readonly kind: 'blank' }
  | { readonly kind: 'malformed'; readonly problem: string; readonly text: string };

/**
 * Classifies a message. The ids of both directions are independent, so a message with a `method` is a request or a
 * notification of the server, and any other one with an `id` is an answer.
 */
export function readMessage(line: RawLine): IncomingMessage {
  if (typeof line !== 'string') return { kind: 'malformed', problem: line.problem, text: line.text };
  if (line.trim() === '') return { kind: 'blank' };
  const malformed = (problem: string): IncomingMessage => ({ kind: 'malformed', problem, text: line });
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return malformed('not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed('not an object');
  const { id, method, params, result, error } = value as Readonly<Record<string, unknown>>;
  const isId = typeof id === 'string' || typeof id === 'number';
  if (typeof method === 'string') {
    if (id === undefined) return { kind: 'notification', method, params };
    return isId ? { kind: 'request', id, method, params } : malformed('the id is neither text nor a number');
  }
  if (!isId) return malformed('neither a method nor an id');
  if (error !== undefined && error !== null) return { kind: 'failure', id, error: readFailure(error) };
  if (result === undefined)
    return { kind: 'failure', id, error: { code: 0, message: 'neither a result nor an error' } };
  return { kind: 'result', id, result };
}

/** An error with an unexpected shape must still fail its request. */
function readFailure(error: unknown): RpcFailure {
  const { code, message, data } = error as { readonly code?: unknown; readonly message?: unknown; data?: unknown };
  return {
    code: typeof code === 'number' ? code : 0,
    message: typeof message === 'string' ? message : JSON.stringify(error),
    ...(data === undefined ? {} : { data }),
  };
}
