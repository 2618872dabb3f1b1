import { Observable, ReplaySubject } from 'rxjs';
import { RequestError, RpcError } from '../../errors/index.js';
import type { RawLine } from '../../events/raw-line.js';
import { redactText } from '../../secrets/redact.js';
import { errorMessage } from '../../util/error-message.js';
import { onAbort } from '../../util/on-abort.js';
import type { RemoteAddress } from './remote-address.js';
import type { AppServerTransport } from './transport.js';

/** The part of the package `ws` that is used here; the package is an optional peer without types of its own. */
interface WebSocketLike {
  readonly readyState: number;
  /** The TCP socket; not documented. */
  readonly _socket?: { ref(): void; unref(): void } | null;
  send(text: string): void;
  close(): void;
  terminate(): void;
  on(event: string, listener: (...args: readonly unknown[]) => void): this;
  off(event: string, listener: (...args: readonly unknown[]) => void): this;
}
type WebSocketClass = new (
  url: string,
  options: {
    readonly headers: Readonly<Record<string, string>>;
    readonly maxPayload: number;
    readonly perMessageDeflate: boolean;
    readonly handshakeTimeout: number;
  },
) => WebSocketLike;

const OPEN = 1;
/** The server closes the connection for a larger message. */
const MAX_SENT_BYTES = 16 * 1024 * 1024;
/** Answers to `thread/resume` can have tens of MB. */
const MAX_RECEIVED_BYTES = 256 * 1024 * 1024;
const HANDSHAKE_TIMEOUT_MS = 10_000;
const CLOSE_TIMEOUT_MS = 1_000;
/** The operating system limits the path of a socket, and Node.js cannot connect to a longer one. */
const MAX_SOCKET_PATH_BYTES = 100;

/**
 * Connects to a running app-server over a WebSocket, at a URL or at a Unix socket. Sends no `Origin`, which the server
 * rejects.
 *
 * @throws RequestError, RpcError (`CONNECTION_LOST`)
 */
export async function openWebSocketTransport(address: RemoteAddress, signal: AbortSignal): Promise<AppServerTransport> {
  const url = webSocketUrl(address);
  const token = address.url === undefined ? undefined : address.token;
  const WebSocket = await loadWebSocket();
  const socket = new WebSocket(url, {
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
    maxPayload: MAX_RECEIVED_BYTES,
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  });
  const secrets = token === undefined ? [] : [token];
  await opened(socket, signal, secrets);
  return new WebSocketTransport(socket, secrets);
}

function webSocketUrl(address: RemoteAddress): string {
  if (address.url !== undefined) {
    if (!/^wss?:\/\/./.test(address.url)) throw new RequestError('connect.url', 'must start with ws:// or wss://.');
    return address.url;
  }
  const { socketPath } = address;
  if (socketPath === '') throw new RequestError('connect.socketPath', 'must not be empty.');
  if (Buffer.byteLength(socketPath) > MAX_SOCKET_PATH_BYTES)
    throw new RequestError(
      'connect.socketPath',
      `must not be longer than ${MAX_SOCKET_PATH_BYTES} bytes. Move the socket.`,
    );
  return `ws+unix://${socketPath}:/`;
}

async function loadWebSocket(): Promise<WebSocketClass> {
  // Not a literal: compilers and bundlers would require an optional package.
  const name = ['ws'].join('');
  try {
    const module = (await import(name)) as { readonly default: WebSocketClass };
    return module.default;
  } catch {
    throw new RequestError('connect', 'needs the package "ws". Install it: npm install ws.');
  }
}

function opened(socket: WebSocketLike, signal: AbortSignal, secrets: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const unfollow = onAbort(signal, () => {
      socket.terminate();
    });
    socket.on('open', () => {
      unfollow();
      resolve();
    });
    socket.on('error', (error) => {
      unfollow();
      const problem = `Could not connect to the app-server: ${redactText(errorMessage(error), secrets)}`;
      reject(new RpcError('CONNECTION_LOST', problem));
    });
  });
}

class WebSocketTransport implements AppServerTransport {
  readonly messages$: Observable<RawLine>;
  readonly maxMessageBytes = MAX_SENT_BYTES;
  readonly #socket: WebSocketLike;
  readonly #secrets: readonly string[];
  /** Replays, because `close()` may be called after the connection was lost. */
  readonly #closed$ = new ReplaySubject<void>(1);
  #closing: Promise<void> | undefined;

  constructor(socket: WebSocketLike, secrets: readonly string[]) {
    this.#socket = socket;
    this.#secrets = secrets;
    socket.on('close', () => {
      this.#closed$.next();
    });
    this.messages$ = new Observable((subscriber) => {
      const onMessage = (data: unknown): void => {
        subscriber.next(String(data));
      };
      socket.on('message', onMessage);
      this.#closed$.subscribe(() => {
        subscriber.error(new RpcError('CONNECTION_LOST', 'The connection to the app-server was lost.'));
      });
      return () => {
        socket.off('message', onMessage);
      };
    });
  }

  send(message: string): void {
    if (this.#socket.readyState === OPEN) this.#socket.send(message);
  }

  ref(): void {
    this.#socket._socket?.ref();
  }

  unref(): void {
    this.#socket._socket?.unref();
  }

  redact(text: string): string {
    return redactText(text, this.#secrets);
  }

  close(): Promise<void> {
    this.ref();
    this.#closing ??= new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#socket.terminate();
      }, CLOSE_TIMEOUT_MS);
      this.#closed$.subscribe(() => {
        clearTimeout(timer);
        resolve();
      });
      this.#socket.close();
    });
    return this.#closing;
  }
}
