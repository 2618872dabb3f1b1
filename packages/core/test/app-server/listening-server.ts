import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { resolveBinary } from '@codex-rx/core';
import type { ScriptedModel } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';

/** `ws` is an optional peer. */
export const describeWithWs = isInstalled() ? describe : describe.skip;

function isInstalled(): boolean {
  try {
    return require.resolve('ws') !== '';
  } catch {
    return false;
  }
}

/** Starts a server that listens, as a user would have started it. */
export async function listen(
  scripted: ScriptedModel,
  mark: Readonly<Record<string, string>>,
  args: readonly string[],
  isReady = (output: string): boolean => output.includes('listening on'),
): Promise<ChildProcess> {
  const { codexHome, env, model: slug } = scripted.options;
  const merged = Object.fromEntries(
    Object.entries({ ...process.env, ...env, ...mark, CODEX_HOME: codexHome }).filter(
      ([, value]) => (value as string | undefined) !== undefined,
    ),
  );
  const server = spawn(resolveBinary({}), ['-c', `model="${slug}"`, 'app-server', ...args], {
    env: merged,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const pipe of [server.stdout, server.stderr]) pipe.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  await waitUntil(() => isReady(output.join('')), 20_000);
  return server;
}

export async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await gone;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface Socket {
  readonly readyState: number;
  send(text: string, sent: () => void): void;
  terminate(): void;
  on(event: string, listener: (data: unknown) => void): this;
}
interface Ws {
  readonly WebSocket: new (url: string) => Socket;
  readonly WebSocketServer: new (options: {
    readonly host: string;
    readonly port: number;
  }) => {
    on(event: string, listener: (socket: Socket) => void): void;
    address(): { readonly port: number };
    close(): void;
  };
}

/** A relay between a client and a server that listens at a URL. */
export interface Relay {
  readonly url: string;
  /** The number of messages that were relayed, in both directions. */
  readonly count: () => number;
  readonly close: () => void;
}

/** Relays messages, and drops the connection after the message with this number, once. */
export async function openRelay(target: string, cutAfter: number): Promise<Relay> {
  // Not a literal: the optional package has no types.
  const name = ['ws'].join('');
  const { WebSocket, WebSocketServer } = (await import(name)) as Ws;
  const relay = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise<void>((resolve) => {
    relay.on('listening', () => {
      resolve();
    });
  });
  const sockets = new Set<Socket>();
  let relayed = 0;
  relay.on('connection', (client) => {
    const server = new WebSocket(target);
    const connected = new Promise<void>((resolve) => {
      server.on('open', () => {
        resolve();
      });
    });
    const cut = (): void => {
      client.terminate();
      server.terminate();
    };
    const forward = (from: Socket, to: Socket): void => {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('close', cut);
      from.on('message', (data) => {
        void connected.then(() => {
          relayed += 1;
          const isLast = relayed === cutAfter;
          to.send(String(data), () => {
            if (isLast) cut();
          });
        });
      });
    };
    forward(client, server);
    forward(server, client);
  });
  return {
    url: `ws://127.0.0.1:${relay.address().port}`,
    count: () => relayed,
    close: () => {
      relay.close();
      for (const socket of sockets) socket.terminate();
    },
  };
}
