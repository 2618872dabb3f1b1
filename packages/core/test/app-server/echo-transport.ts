import { Subject } from 'rxjs';
import type { AppServerTransport } from '../../src/app-server/transport/transport.js';

type Message = Readonly<Record<string, unknown>>;
interface Request {
  readonly method?: string;
  readonly id?: number;
  readonly params?: { readonly threadId?: string; readonly input?: readonly { readonly text: string }[] };
}

/** A turn as the server runs it: the answer to its start and its notifications, in their order. */
export interface EchoTurn {
  readonly threadId: string;
  readonly answer: Message;
  readonly notifications: readonly Message[];
}

/** A server in memory that repeats each prompt word by word, and keeps nothing. */
export class EchoTransport implements AppServerTransport {
  readonly messages$ = new Subject<string>();
  readonly #onTurn: (turn: EchoTurn) => void;
  #threads = 0;

  /** `onTurn` delivers the messages of a turn. Default: all. */
  constructor(onTurn?: (turn: EchoTurn) => void) {
    this.#onTurn =
      onTurn ??
      (({ answer, notifications }) => {
        for (const message of [answer, ...notifications]) this.deliver(message);
      });
  }

  deliver(message: Message): void {
    this.messages$.next(JSON.stringify(message));
  }

  send(text: string): void {
    const request = JSON.parse(text) as Request;
    // Not synchronous, as over any other connection.
    if (request.id !== undefined) {
      queueMicrotask(() => {
        this.#answer(request);
      });
    }
  }

  close(): Promise<void> {
    this.messages$.complete();
    return Promise.resolve();
  }

  #answer({ method, id, params = {} }: Request): void {
    if (method === 'initialize') this.deliver({ id, result: { userAgent: 'echo/0.171.0 (Linux)' } });
    else if (method === 'thread/start') {
      this.#threads += 1;
      const thread = { id: `thread-${this.#threads}`, turns: [] };
      const rest = { model: 'echo', cwd: '/work', sandbox: { type: 'readOnly' }, reasoningEffort: null };
      this.deliver({ id, result: { thread, ...rest } });
    } else if (method === 'turn/start' && params.threadId !== undefined)
      this.#onTurn(echo(id, params.threadId, params.input?.[0]?.text ?? ''));
    else this.deliver({ id, result: {} });
  }
}

/** Threads share the ids of their turns and items, as with CLI 0.98. */
function echo(id: number | undefined, threadId: string, prompt: string): EchoTurn {
  const turn = { id: '0', items: [], status: 'inProgress', error: null };
  const context = { threadId, turnId: turn.id };
  const notify = (method: string, params: object): Message => ({ method, params: { ...context, ...params } });
  const item = { type: 'agentMessage', id: 'msg_1' };
  return {
    threadId,
    answer: { id, result: { turn } },
    notifications: [
      notify('turn/started', { turn }),
      notify('item/started', { item: { ...item, text: '' } }),
      ...prompt.split(/(?= )/).map((delta) => notify('item/agentMessage/delta', { itemId: item.id, delta })),
      notify('item/completed', { item: { ...item, text: prompt } }),
      notify('turn/completed', { turn: { ...turn, status: 'completed' } }),
    ],
  };
}
