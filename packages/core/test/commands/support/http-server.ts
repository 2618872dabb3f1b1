import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface HttpServer {
  readonly url: string;
  /** `POST /path` for each request. */
  readonly requests: string[];
  readonly bodies: string[];
  readonly headers: IncomingMessage['headers'][];
  close(): Promise<void>;
}

/** A server on this machine that answers in JSON. */
export async function httpServer(answer: (route: string, body: string, url: string) => Answer): Promise<HttpServer> {
  const requests: string[] = [];
  const bodies: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const route = `${request.method ?? ''} ${request.url ?? ''}`;
      const body = Buffer.concat(chunks).toString('utf8');
      requests.push(route);
      bodies.push(body);
      headers.push(request.headers);
      const { status = 200, body: content = {}, headers: extra = {} } = answer(route, body, url);
      response.writeHead(status, { 'content-type': 'application/json', ...extra });
      response.end(JSON.stringify(content));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    bodies,
    headers,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
