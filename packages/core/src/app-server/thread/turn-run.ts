import { firstValueFrom, merge, Observable, ReplaySubject, type Subscriber } from 'rxjs';
import type { ThreadEvent } from '../../events/events.js';
import { runOutcome } from '../../outcome/run-outcome.js';
import { trackPending } from '../../process/pending-runs.js';
import { followLimits } from './follow-limits.js';
import { interruptTurn } from './interrupt.js';
import { clockTicks } from './kill-commands.js';
import type { OwnTurn, ThreadHub } from './thread-hub.js';

/** How a turn is started, and when it is stopped. */
export interface TurnRequest {
  /** Sends `turn/start` or `review/start`. */
  readonly start$: Observable<{ readonly turn: { readonly id: string } }>;
  /** The id that the client gives to the message of the turn: finds a turn whose start was lost. */
  readonly messageId?: string | undefined;
  /** In ms; 0 and `Infinity` for no limit. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  /** Receives a promise that resolves when the turn is over, and everything that an interrupted turn has started. */
  readonly onStart?: ((ended: Promise<void>) => void) | undefined;
}

/** Why a turn ends before its end. */
type StopReason = { readonly kind: 'unsubscribed' | 'interrupted' } | { readonly kind: 'error'; readonly error: Error };

type TurnEnd = Extract<ThreadEvent, { type: 'turn.completed' | 'turn.failed' }>;

/**
 * Starts a turn on subscribe and emits its events. Waits for other turns of the thread. Unsubscribing interrupts the
 * turn and kills what it started.
 */
export function runTurn$(thread: ThreadHub, request: TurnRequest): Observable<ThreadEvent> {
  return new Observable((subscriber) => {
    const run = new TurnRun(thread, request, subscriber);
    trackPending(run.ended, request.signal);
    request.onStart?.(run.ended);
    return () => {
      run.stop({ kind: 'unsubscribed' });
    };
  });
}

class TurnRun implements OwnTurn {
  readonly ended: Promise<void>;
  readonly #thread: ThreadHub;
  readonly #request: TurnRequest;
  readonly #subscriber: Subscriber<ThreadEvent>;
  /** Emits when the turn must end before its end. */
  readonly #stop$ = new ReplaySubject<StopReason>(1);
  /** Emits the last event of the turn, or the error with which the thread was lost. */
  readonly #end$ = new ReplaySubject<TurnEnd | Error>(1);
  #isOver = false;
  #id: string | undefined;
  /** Events that came before the answer with the id of the turn. */
  #early: ThreadEvent[] = [];
  #lastMessage: string | undefined;
  #lastNotice: string | undefined;

  constructor(thread: ThreadHub, request: TurnRequest, subscriber: Subscriber<ThreadEvent>) {
    this.#thread = thread;
    this.#request = request;
    this.#subscriber = subscriber;
    this.ended = this.#run();
  }

  stop(reason: StopReason): void {
    if (!this.#isOver) this.#stop$.next(reason);
  }

  async interrupt(): Promise<void> {
    this.stop({ kind: 'interrupted' });
    await this.ended;
  }

  async #run(): Promise<void> {
    const thread = this.#thread;
    let leave: () => void = () => undefined;
    const before = thread.queue.enter(
      new Promise((resolve) => {
        leave = resolve;
      }),
    );
    const unfollow = this.#follow();
    try {
      await this.#runInTurn(before);
    } catch (error) {
      this.#conclude({ kind: 'error', error: error as Error });
    } finally {
      unfollow();
      if (thread.ownTurn === this) thread.ownTurn = undefined;
      leave();
    }
  }

  async #runInTurn(before: Promise<void>): Promise<void> {
    const thread = this.#thread;
    const stopped = firstValueFrom(this.#stop$);
    const isReady = before.then(() => thread.idle()).then(() => (this.#isOver ? undefined : thread.loader.load()));
    const early = await Promise.race([isReady, stopped]);
    if (early !== undefined) {
      this.#conclude(early);
      return;
    }
    if (thread.error !== undefined) throw thread.error;
    const since = clockTicks();
    thread.ownTurn = this;
    thread.isStopping = false;
    const subscription = thread.events.all$.subscribe({
      next: (event) => {
        this.#receive(event);
      },
      error: (error: unknown) => {
        this.#end$.next(error as Error);
      },
    });
    const started = this.#start();
    // Without an id there is nothing to interrupt: a failed start ends the turn.
    started.catch((error: unknown) => {
      this.#end$.next(error as Error);
    });
    try {
      const reason = await firstValueFrom(merge(this.#end$, this.#stop$));
      if (reason instanceof Error || 'type' in reason) this.#conclude(reason);
      else {
        await interruptTurn(thread, this.#end$, since);
        this.#conclude(reason);
      }
    } finally {
      subscription.unsubscribe();
    }
  }

  async #start(): Promise<void> {
    const thread = this.#thread;
    const { start$, messageId } = this.#request;
    const id = await firstValueFrom(start$).then(
      ({ turn }) => turn.id,
      (error: unknown) => thread.loader.findTurn(error, messageId),
    );
    this.#identify(id);
    await thread.loader.loadStarted();
  }

  /** Stops the turn on a timeout and on an abort. */
  #follow(): () => void {
    return followLimits(
      this.#request,
      () => ({ threadId: this.#thread.id, lastNotice: this.#lastNotice }),
      (error) => {
        this.stop({ kind: 'error', error });
      },
    );
  }

  #identify(id: string): void {
    this.#id = id;
    const early = this.#early;
    this.#early = [];
    for (const event of early) this.#receive(event);
  }

  #receive(event: ThreadEvent): void {
    if (this.#isOver) return;
    if (this.#id === undefined) {
      this.#early.push(event);
      return;
    }
    if (event.turn_id !== this.#id) return;
    if (event.type === 'item.completed' && event.item.type === 'agent_message') this.#lastMessage = event.item.text;
    if (event.type === 'error') this.#lastNotice = event.message;
    // Before the emission: a subscriber that leaves at the end of the turn interrupts nothing.
    if (event.type === 'turn.completed' || event.type === 'turn.failed') this.#end$.next(event);
    this.#subscriber.next(event);
  }

  #conclude(outcome: TurnEnd | Error | StopReason): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (outcome instanceof Error) this.#subscriber.error(outcome);
    else if ('type' in outcome) this.#settle(outcome);
    else if (outcome.kind === 'error') this.#subscriber.error(outcome.error);
    else this.#settle({ type: 'turn.failed', error: { message: 'The turn was interrupted.' } });
  }

  #settle(end: TurnEnd): void {
    if (end.type === 'turn.completed') {
      this.#subscriber.complete();
      return;
    }
    const error = runOutcome(
      {
        terminal: { type: 'failed', message: end.error.message },
        exitCode: null,
        signal: null,
        stderr: '',
        threadId: this.#thread.id,
        usage: undefined,
        lastMessage: this.#lastMessage,
        lastNotice: this.#lastNotice,
        command: 'codex app-server',
        session: undefined,
        isTurnless: false,
      },
      { now: new Date() },
    );
    this.#subscriber.error(error);
  }
}
