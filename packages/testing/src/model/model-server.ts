import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RawRequest } from './recorded-request.js';
import { type Reply, type ReplyPart, serializeEvent } from './reply.js';

export interface ModelServer {
  /** Base URL of the API, `http://127.0.0.1:<port>/v1`. */
  readonly url: string;
  /** Destroys all connections and stops listening. */
  close(): Promise<void>;
  /** Closes the server without waiting. */
  closeNow(): void;
}

/** Listens on a free loopback port. Replies to `POST /v1/responses` with the return value of `handleRequest`. */
export async function startModelServer(handleRequest: (request: RawRequest) => Reply): Promise<ModelServer> {
  const server = createServer((request, response) => {
    void serve(request, response, handleRequest).catch(() => {
      // The CLI disconnected while it sent its request.
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  // An open model must not keep the host alive.
  server.unref();
  const { port } = server.address() as AddressInfo;
  const closeNow = (done?: () => void) => {
    server.close(done);
    server.closeAllConnections();
  };
  return {
    url: `http://127.0.0.1:${String(port)}/v1`,
    close: () =>
      new Promise((resolve) => {
        closeNow(resolve);
      }),
    closeNow: () => {
      closeNow();
    },
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  handleRequest: (request: RawRequest) => Reply,
): Promise<void> {
  const { method = '', url: path = '' } = request;
  if (method !== 'POST' || path !== '/v1/responses') {
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: `The scripted model has no ${method} ${path}.` } }));
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  await send(handleRequest({ method, path, headers, text: Buffer.concat(chunks).toString() }), response);
}

async function send(reply: Reply, response: ServerResponse): Promise<void> {
  if (reply.kind === 'http') {
    await pause(reply.delay, response);
    response.writeHead(reply.status, reply.headers);
    response.end(reply.body);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
  for (const part of reply.parts) {
    if (response.destroyed) return;
    if (part.kind === 'hang') return;
    if (part.kind === 'drop') {
      response.destroy();
      return;
    }
    if (part.kind === 'wait') await pause(part.ms, response);
    else response.write(partText(part));
  }
  response.end();
}

function partText(part: Extract<ReplyPart, { kind: 'event' | 'raw' }>): string {
  return part.kind === 'event' ? serializeEvent(part.event) : part.text;
}

/** Resolves after `ms`, or when the connection closes. */
function pause(ms: number, response: ServerResponse): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      response.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    response.once('close', done);
  });
}
