import type { ThreadEvent, Usage } from '../events/events.js';
import type { AnyRunRequest } from '../request/types.js';

export type Terminal = { readonly type: 'completed' } | { readonly type: 'failed'; readonly message: string };

/** A fork without a prompt has no turn: it is over when the new thread has started. */
export const hasNoTurn = (request: AnyRunRequest): boolean =>
  request.command === 'fork' && request.prompt === undefined;

/** What a run has shown so far, as far as its end depends on it. */
export class RunProgress {
  threadId: string | undefined;
  usage: Usage | undefined;
  lastMessage: string | undefined;
  lastNotice: string | undefined;
  /** The first terminal event counts; nothing that comes later changes it. */
  terminal: Terminal | undefined;
  readonly #isTurnless: boolean;

  constructor(request: AnyRunRequest) {
    this.#isTurnless = hasNoTurn(request);
  }

  /** Whether all that was asked for is done: who leaves now takes nothing away. */
  isTurnOver(): boolean {
    return this.terminal !== undefined || (this.#isTurnless && this.threadId !== undefined);
  }

  update(event: ThreadEvent): void {
    switch (event.type) {
      case 'thread.started':
        this.threadId ??= event.thread_id;
        break;
      case 'item.completed':
        if (event.item.type === 'agent_message') this.lastMessage = event.item.text;
        break;
      case 'error':
        this.lastNotice = event.message;
        break;
      case 'turn.completed':
        this.usage = event.usage ?? this.usage;
        this.terminal ??= { type: 'completed' };
        break;
      case 'turn.failed':
        this.terminal ??= { type: 'failed', message: event.error.message };
        break;
      case 'malformed':
        // The type alone decides: a body that has drifted must not fail a good run, nor save a bad one.
        if (event.event_type === 'turn.completed') this.terminal ??= { type: 'completed' };
        if (event.event_type === 'turn.failed') this.terminal ??= { type: 'failed', message: failedMessage(event.raw) };
        break;
    }
  }
}

function failedMessage(raw: unknown): string {
  const { error, message } = (typeof raw === 'object' && raw !== null ? raw : {}) as {
    error?: unknown;
    message?: unknown;
  };
  if (typeof error === 'string') return error;
  const inner = typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : message;
  return typeof inner === 'string' ? inner : 'The turn failed; the CLI gave no message that is understood here.';
}
