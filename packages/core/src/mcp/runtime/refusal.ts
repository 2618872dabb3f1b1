import { isTable } from '../../request/is-table.js';
import type { JsonRpcMessage } from './load-client.js';

/** The `data` of an error that a server sent. The SDK's own errors, which may have the same code, do not have it. */
export class Refusal {
  constructor(readonly data: unknown) {}
}

/** Marks the error of an answer, in place: the SDK passes `data` on unchanged. */
export function markRefusal(message: JsonRpcMessage): void {
  const { error } = message;
  if (isTable(error)) (error as { data?: unknown }).data = new Refusal(error.data);
}
