import type { ThreadEvent, Usage } from '../events/events.js';
import type { AnyRunRequest } from '../request/types.js';

export type Terminal = { readonly type: 'completed' } | { readonly type: 'failed'; readonly message: string };

/** A fork without a prompt has no turn: it is over when the new thread has started. */
export const hasNoTurn = (request: AnyRunRequest): boolean =>
  request.command === 'fork' && request.prompt === undefined;

/** The state, collected from the events of a run, that determines its result. */
export class RunProgress {
  threadId: string | undefined;
  /** Whether the turn has started, so that the agent may have started processes. */
  hasTurnStarted = false;
  usage: Usage | undefined;
  lastMessage: string | undefined;
  lastNotice: string | undefined;
  /** The first terminal event counts; later events do not change it. */
  terminal: Terminal | undefined;
  readonly #hasNoTurn: boolean;

  constructor(request: AnyRunRequest) {
    this.#hasNoTurn = hasNoTurn(request);
  }

  /** Whether everything that the request asked for is done, so that unsubscribing loses nothing. */
  isTurnOver(): boolean {
    return this.terminal !== undefined || (this.#hasNoTurn && this.threadId !== undefined);
  }

  update(event: ThreadEvent): void {
    this.hasTurnStarted ||= event.type.startsWith('turn.') || event.type.startsWith('item.');
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
        // Only `type` counts: an unrecognized payload must not change the outcome.
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
  return typeof inner === 'string' ? inner : 'The turn failed without an error message.';
}
