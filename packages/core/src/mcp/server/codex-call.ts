import { firstValueFrom, merge, Observable, ReplaySubject, type Subscriber, take, timeout } from 'rxjs';
import { followLimits } from '../../app-server/thread/follow-limits.js';
import { canFindCommands, clockTicks, killCommands } from '../../app-server/thread/kill-commands.js';
import { RpcError } from '../../errors/index.js';
import type { ThreadEvent } from '../../events/events.js';
import { type Fields, isObject } from '../../events/schema/fields.js';
import { runOutcome } from '../../outcome/run-outcome.js';
import { sessionNotFound } from '../../outcome/session-not-found.js';
import { diagnose } from '../../process/diagnostics.js';
import { trackPending } from '../../process/pending-runs.js';
import type { RequestId } from '../../protocol/messages.js';
import { failTurn, initialCodexEventState, mapCodexEvent } from './map-codex-event.js';

/** A call of a tool of `codex mcp-server`. */
export interface CallRequest {
  readonly tool: 'codex' | 'codex-reply';
  readonly args: Fields;
  /** The thread of a reply. */
  readonly threadId: string | undefined;
  readonly timeout: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** The server, as a call uses it. */
export interface CallContext {
  readonly grace: number;
  readonly pid: number | undefined;
  /** Sends the call, and emits its result. */
  send$(request: CallRequest, onSent: (id: RequestId) => void): Observable<unknown>;
  /** Routes the messages with the id of the request to the call. */
  attach(id: RequestId, call: CodexCallRun): void;
  detach(id: RequestId): void;
  notifyCancelled(id: RequestId): void;
  cancelApprovals(threadId: string): void;
  turnEnded(threadId: string, turnId: string): void;
  /** Ends a server that does not end a turn. */
  close(): Promise<void>;
}

type End = { readonly result: Fields } | { readonly error: Error };
type TurnEnd = Extract<ThreadEvent, { type: 'turn.completed' | 'turn.failed' }>;

/** Calls a tool on subscribe and emits the events of its turn. Unsubscribing cancels the call. */
export function callCodex$(server: CallContext, request: CallRequest): Observable<ThreadEvent> {
  return new Observable((subscriber) => {
    const run = new CodexCallRun(server, request, subscriber);
    trackPending(run.ended, request.signal);
    return () => {
      run.stop(undefined);
    };
  });
}

/** One turn. */
export class CodexCallRun {
  /** Resolves when the turn is over and nothing that a cancelled turn started is left. Never rejects. */
  readonly ended: Promise<void>;
  /** The call is being cancelled. */
  isStopping = false;
  readonly #server: CallContext;
  readonly #request: CallRequest;
  readonly #subscriber: Subscriber<ThreadEvent>;
  readonly #stop$ = new ReplaySubject<{ readonly reason: Error | undefined }>(1);
  readonly #end$ = new ReplaySubject<End>(1);
  /** Emits when an event has ended the turn. */
  readonly #turnEnd$ = new ReplaySubject<TurnEnd>(1);
  readonly #reasons = new Map<string, unknown>();
  readonly #since = clockTicks();
  #state = initialCodexEventState;
  #id: RequestId | undefined;
  #turnEnd: TurnEnd | undefined;
  #lastMessage: string | undefined;
  #lastNotice: string | undefined;
  #isOver = false;

  constructor(server: CallContext, request: CallRequest, subscriber: Subscriber<ThreadEvent>) {
    this.#server = server;
    this.#request = request;
    this.#subscriber = subscriber;
    if (request.threadId !== undefined) this.#state = { ...this.#state, threadId: request.threadId };
    this.ended = this.#run();
  }

  get threadId(): string | undefined {
    return this.#state.threadId;
  }

  /** Ends the turn: with an error, or without a subscriber. */
  stop(reason: Error | undefined): void {
    this.#stop$.next({ reason });
  }

  /** The reason of the agent for a request for approval, which the request does not have. */
  reasonOf(callId: string): unknown {
    return this.#reasons.get(callId);
  }

  /** Takes the parameters of a `codex/event`. */
  receive(params: Fields): void {
    const message: Fields = isObject(params.msg) ? params.msg : params;
    const { threadId } = isObject(params._meta) ? params._meta : {};
    if (typeof threadId === 'string') this.#started(threadId);
    if (typeof message.call_id === 'string' && message.reason !== undefined)
      this.#reasons.set(message.call_id, message.reason ?? undefined);
    // The turns of older versions have no ids of their own.
    this.#apply(mapCodexEvent(this.#state, { turn_id: params.id, ...message }));
  }

  /** Puts a notice into the stream. */
  notice(fields: { readonly message: string; readonly code: string }): void {
    const { threadId, turnId } = this.#state;
    const place = {
      ...(threadId === undefined ? {} : { thread_id: threadId }),
      ...(turnId === undefined ? {} : { turn_id: turnId }),
    };
    this.#emit([{ type: 'error', ...fields, ...place }]);
  }

  #started(threadId: string): void {
    if (this.#request.threadId === undefined)
      this.#apply(mapCodexEvent(this.#state, { type: 'session_configured', session_id: threadId }));
  }

  #apply([state, events]: readonly [typeof initialCodexEventState, readonly ThreadEvent[]]): void {
    this.#state = state;
    this.#emit(events);
  }

  #emit(events: readonly ThreadEvent[]): void {
    for (const event of events) {
      if (this.#isOver) return;
      if (event.type === 'item.completed' && event.item.type === 'agent_message') this.#lastMessage = event.item.text;
      if (event.type === 'error') this.#lastNotice = event.message;
      if (event.type === 'turn.completed' || event.type === 'turn.failed') {
        this.#turnEnd = event;
        this.#turnEnd$.next(event);
        this.#server.turnEnded(event.thread_id ?? '', event.turn_id ?? '');
      }
      this.#subscriber.next(event);
    }
  }

  async #run(): Promise<void> {
    const { threadId } = this.#request;
    if (threadId !== undefined) this.#emit([{ type: 'thread.started', thread_id: threadId, resumed: true }]);
    const unfollow = followLimits(
      this.#request,
      () => ({ threadId: this.threadId ?? '', lastNotice: this.#lastNotice }),
      (error) => {
        this.stop(error);
      },
    );
    const sent = this.#server
      .send$(this.#request, (id) => {
        this.#id = id;
        this.#server.attach(id, this);
      })
      .subscribe({
        next: (result) => {
          this.#end$.next({ result: isObject(result) ? result : {} });
        },
        error: (error: unknown) => {
          this.#end$.next({ error: error as Error });
        },
      });
    try {
      const first = await firstValueFrom(merge(this.#end$, this.#stop$));
      // A subscriber that leaves after the end of the turn interrupts nothing.
      if ('reason' in first && (this.#turnEnd === undefined || first.reason !== undefined)) await this.#cancel();
      this.#conclude(first);
    } finally {
      unfollow();
      sent.unsubscribe();
      if (this.#id !== undefined) this.#server.detach(this.#id);
    }
  }

  /** Cancels the call and kills what its commands left. A server that does not end the turn is closed. */
  async #cancel(): Promise<void> {
    const { grace } = this.#server;
    const id = this.#id;
    if (id === undefined) return;
    this.isStopping = true;
    if (this.threadId !== undefined) this.#server.cancelApprovals(this.threadId);
    this.#server.notifyCancelled(id);
    const ended$ = merge(this.#end$, this.#turnEnd$).pipe(take(1), timeout({ first: grace }));
    const hasEnded = await firstValueFrom(ended$).then(
      () => true,
      () => false,
    );
    if (!hasEnded) await this.#server.close();
    const { threadId } = this;
    if (threadId === undefined) return;
    const left = canFindCommands ? await killCommands(new Set([threadId]), this.#since, [this.#server.pid]) : [];
    if (!canFindCommands || left.length > 0) diagnose({ type: 'leftover', runId: threadId, pids: left });
  }

  #conclude(outcome: End | { readonly reason: Error | undefined }): void {
    if ('result' in outcome && this.#turnEnd === undefined && outcome.result.isError === true)
      this.#apply(failTurn(this.#state, textOf(outcome.result)));
    this.#isOver = true;
    if ('reason' in outcome) {
      if (outcome.reason !== undefined) this.#subscriber.error(outcome.reason);
    } else if ('error' in outcome) this.#subscriber.error(outcome.error);
    else if (this.#turnEnd?.type === 'turn.failed') this.#subscriber.error(this.#failure(this.#turnEnd.error.message));
    else if (outcome.result.isError === true) this.#subscriber.error(this.#refusal(textOf(outcome.result)));
    else this.#subscriber.complete();
  }

  #failure(message: string): unknown {
    return runOutcome(
      {
        terminal: { type: 'failed', message },
        exitCode: null,
        signal: null,
        stderr: '',
        threadId: this.threadId,
        usage: undefined,
        lastMessage: this.#lastMessage,
        lastNotice: this.#lastNotice,
        command: 'codex mcp-server',
        session: undefined,
        isTurnless: false,
      },
      { now: new Date() },
    );
  }

  /** The call has failed before its turn. */
  #refusal(text: string): Error {
    const { threadId, tool } = this.#request;
    if (threadId !== undefined && /not found/i.test(text)) return sessionNotFound(threadId);
    return new RpcError('RPC_ERROR', `${tool} of codex mcp-server failed: ${text}`, { method: 'tools/call' });
  }
}

function textOf({ content }: Fields): string {
  const first: unknown = Array.isArray(content) ? content[0] : undefined;
  const text = isObject(first) ? first.text : undefined;
  return typeof text === 'string' ? text : 'no reason is given';
}
