import { Observable, type Subscriber } from 'rxjs';
import { RequestError, RpcError } from '../../errors/index.js';
import { isBranded } from '../../events/codex-error.js';
import type { RawLine } from '../../events/raw-line.js';
import { diagnose } from '../../process/diagnostics.js';
import type { RequestId } from '../../protocol/messages.js';
import { errorMessage } from '../../util/error-message.js';
import type { AppServerTransport } from '../transport/transport.js';
import { type RpcFailure, readMessage } from './read-message.js';
import { describeUnknownMethod } from './unknown-method.js';

/** From about 128 requests at the same time on, the server drops some without an answer. */
const MAX_IN_FLIGHT = 64;
/** The server is overloaded; a repetition is safe, because it did not execute the request. */
const OVERLOADED = -32001;
const MAX_DIAGNOSTIC_CHARACTERS = 4_096;

/** A request of the server. The answer must repeat the id unchanged. */
export interface IncomingRequest {
  readonly id: RequestId;
  readonly method: string;
  readonly params: unknown;
}

export interface RpcPeerOptions {
  /** Milliseconds in which the server must answer a request. */
  readonly requestTimeout: number;
  readonly overload: { readonly retries: number; readonly delay: number };
  readonly onNotification: (method: string, params: unknown) => void;
  readonly onRequest: (request: IncomingRequest) => void;
  /** Called once. Later requests fail with the same error. */
  readonly onClosed: (error: Error) => void;
}

/** Answers requests of the server. */
export interface RpcAnswers {
  answer(id: RequestId, result: unknown): void;
  reject(id: RequestId, error: RpcFailure): void;
}

/** A request that has not been answered. */
interface Call {
  readonly method: string;
  readonly params: string | undefined;
  readonly timeout: number;
  /** `undefined` when the request has no subscriber left; it still counts as being in flight. */
  subscriber: Subscriber<unknown> | undefined;
  attempt: number;
  timer: NodeJS.Timeout | undefined;
  readonly onSent: ((id: RequestId) => void) | undefined;
}

/** Sends requests and receives messages over one connection. */
export class RpcPeer implements RpcAnswers {
  readonly #transport: AppServerTransport;
  readonly #options: RpcPeerOptions;
  readonly #inFlight = new Map<RequestId, Call>();
  #waiting: Call[] = [];
  readonly #delayed = new Set<Call>();
  #lastId = -1;
  #closed: Error | undefined;

  constructor(transport: AppServerTransport, options: RpcPeerOptions) {
    this.#transport = transport;
    this.#options = options;
    transport.messages$.subscribe({
      next: (line) => {
        this.#receive(line);
      },
      error: (error: unknown) => {
        this.#close(isBranded(error) ? error : new RpcError('SERVER_EXITED', errorMessage(error), { cause: error }));
      },
      complete: () => {
        this.#close(new RpcError('SERVER_EXITED', 'The app-server ended.'));
      },
    });
  }

  /** Why the connection has ended; `undefined` while it is open. */
  get closed(): Error | undefined {
    return this.#closed;
  }

  /**
   * Emits the result of a request. Cold: each subscription sends one. Unsubscribing ignores the answer.
   *
   * @param onSent receives the id of the request
   */
  request$(
    method: string,
    params: unknown,
    timeout = this.#options.requestTimeout,
    onSent?: (id: RequestId) => void,
  ): Observable<unknown> {
    return new Observable((subscriber) => {
      if (this.#closed !== undefined) {
        subscriber.error(this.#closed);
        return;
      }
      const call: Call = {
        method,
        params: writeParams(params),
        timeout,
        subscriber,
        attempt: 0,
        timer: undefined,
        onSent,
      };
      this.#enqueue(call);
      return () => {
        call.subscriber = undefined;
        this.#waiting = this.#waiting.filter((other) => other !== call);
        if (this.#delayed.delete(call)) clearTimeout(call.timer);
      };
    });
  }

  notify(method: string, params?: unknown): void {
    this.#write(JSON.stringify({ method, params }));
  }

  /** Answers a request of the server. The result must be a JSON value. */
  answer(id: RequestId, result: unknown): void {
    this.#write(JSON.stringify({ id, result }));
  }

  /** Answers a request of the server with an error. */
  reject(id: RequestId, error: RpcFailure): void {
    this.#write(JSON.stringify({ id, error }));
  }

  /** A message that cannot be sent ends the connection: the server would wait for it. */
  #write(message: string): void {
    if (this.#closed !== undefined) return;
    try {
      this.#transport.send(message);
    } catch (error) {
      const problem = this.#redact(`The transport could not send a message: ${errorMessage(error)}`);
      this.#close(new RpcError('CONNECTION_LOST', problem, { cause: error }));
    }
  }

  #enqueue(call: Call): void {
    this.#waiting.push(call);
    this.#sendWaiting();
  }

  #sendWaiting(): void {
    while (this.#inFlight.size < MAX_IN_FLIGHT) {
      const call = this.#waiting.shift();
      if (call === undefined) return;
      this.#send(call);
    }
  }

  #send(call: Call): void {
    this.#lastId += 1;
    const id = this.#lastId;
    const params = call.params === undefined ? '' : `,"params":${call.params}`;
    const message = `{"method":${JSON.stringify(call.method)},"id":${String(id)}${params}}`;
    const { maxMessageBytes } = this.#transport;
    if (maxMessageBytes !== undefined && Buffer.byteLength(message) > maxMessageBytes) {
      const problem = `must not have more than ${maxMessageBytes} bytes: the server would close the connection.`;
      call.subscriber?.error(new RequestError('params', problem));
      return;
    }
    this.#inFlight.set(id, call);
    if (call.timeout > 0 && Number.isFinite(call.timeout))
      call.timer = setTimeout(() => {
        this.#settle(id);
        const problem = `The app-server did not answer ${call.method} within ${call.timeout} ms. Raise "requestTimeout".`;
        call.subscriber?.error(new RpcError('RPC_TIMEOUT', problem, { method: call.method }));
      }, call.timeout);
    call.onSent?.(id);
    this.#write(message);
  }

  /** Ends the flight of a request and lets the next one start. */
  #settle(id: RequestId): Call | undefined {
    const call = this.#inFlight.get(id);
    if (call === undefined) return undefined;
    clearTimeout(call.timer);
    this.#inFlight.delete(id);
    this.#sendWaiting();
    return call;
  }

  #receive(line: RawLine): void {
    const message = readMessage(line);
    switch (message.kind) {
      case 'notification':
        this.#options.onNotification(message.method, message.params);
        break;
      case 'request':
        this.#options.onRequest(message);
        break;
      case 'result': {
        const call = this.#settle(message.id);
        if (call === undefined) this.#ignore('an answer to no open request', line);
        call?.subscriber?.next(message.result);
        call?.subscriber?.complete();
        break;
      }
      case 'failure': {
        const call = this.#settle(message.id);
        if (call === undefined) this.#ignore('an answer to no open request', line);
        else this.#fail(call, message.error);
        break;
      }
      case 'malformed':
        this.#ignore(message.problem, message.text);
        break;
      case 'blank':
        break;
    }
  }

  #fail(call: Call, error: RpcFailure): void {
    const { retries, delay } = this.#options.overload;
    if (error.code === OVERLOADED && call.attempt < retries && call.subscriber !== undefined) {
      call.timer = setTimeout(
        () => {
          this.#delayed.delete(call);
          this.#enqueue(call);
        },
        // Between half of the pause and the whole pause, so that many clients do not repeat at the same moment.
        delay * 2 ** call.attempt * (0.5 + Math.random() / 2),
      );
      call.attempt += 1;
      this.#delayed.add(call);
      return;
    }
    const problem = describeUnknownMethod(call.method, error.message) ?? `${call.method} failed: ${error.message}`;
    call.subscriber?.error(
      new RpcError('RPC_ERROR', this.#redact(problem), {
        method: call.method,
        rpcCode: error.code,
        data: error.data,
      }),
    );
  }

  #ignore(problem: string, line: RawLine): void {
    const text = typeof line === 'string' ? line : line.text;
    diagnose({ type: 'protocolError', problem, text: this.#redact(text.slice(0, MAX_DIAGNOSTIC_CHARACTERS)) });
  }

  #redact(text: string): string {
    return this.#transport.redact?.(text) ?? text;
  }

  #close(error: Error): void {
    if (this.#closed !== undefined) return;
    this.#closed = error;
    const calls = [...this.#inFlight.values(), ...this.#waiting, ...this.#delayed];
    this.#inFlight.clear();
    this.#waiting = [];
    this.#delayed.clear();
    for (const call of calls) clearTimeout(call.timer);
    this.#options.onClosed(error);
    for (const call of calls) call.subscriber?.error(error);
  }
}

function writeParams(params: unknown): string | undefined {
  try {
    // `undefined` for parameters that JSON does not have.
    return JSON.stringify(params);
  } catch (error) {
    throw new RequestError('params', `cannot be written as JSON: ${errorMessage(error)}`);
  }
}
