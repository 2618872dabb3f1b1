import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { McpServer } from '@codex-rx/core/mcp';

/** Not a literal: the types of the package need a library of types for browsers. */
const SDK = ['@modelcontextprotocol', 'sdk'].join('/');

/** A server over standard input and output, written with the MCP SDK. Its argument is what it does. */
export const serverProgram = join(__dirname, '..', '..', 'programs', 'mcp-server.cjs');

const common = {
  enabled: true,
  disabled_reason: null,
  enabled_tools: null,
  disabled_tools: null,
  startup_timeout_sec: 30,
  tool_timeout_sec: 30,
};

/** The definition of a process. */
export function stdioServer(
  args: readonly string[],
  more: Partial<McpServer> & { env?: Record<string, string>; env_vars?: readonly string[]; command?: string } = {},
): McpServer {
  const { env = null, env_vars = [], command = process.execPath, ...rest } = more;
  return { name: 'docs', ...common, ...rest, transport: { type: 'stdio', command, args, env, env_vars, cwd: null } };
}

/** The definition of a server that is reached by HTTP. */
export function httpServer(
  url: string,
  more: Partial<McpServer> & {
    headers?: Record<string, string>;
    envHeaders?: Record<string, string>;
    token?: string;
  } = {},
): McpServer {
  const { headers = null, envHeaders = null, token = null, ...rest } = more;
  const transport = {
    type: 'streamable_http',
    url,
    bearer_token_env_var: token,
    http_headers: headers,
    env_http_headers: envHeaders,
  } as const;
  return { name: 'web', ...common, ...rest, transport };
}

interface SdkServer {
  registerTool(name: string, config: object, handler: (extra: Extra) => unknown): void;
  connect(transport: object): Promise<void>;
  close(): Promise<void>;
}
interface Extra {
  readonly signal: AbortSignal;
  readonly _meta?: { readonly progressToken?: string | number };
  sendNotification(notification: object): Promise<void>;
}

export interface HttpServer {
  readonly url: string;
  readonly port: number;
  /** The requests, in order. */
  readonly requests: readonly { readonly method: string | undefined; readonly headers: IncomingMessage['headers'] }[];
  /** The number of calls that wait, or have waited. */
  waiting: number;
  /** The number of calls that were cancelled. */
  cancelled: number;
  close(): Promise<void>;
}

/** A server over streamable HTTP, written with the MCP SDK, with the tools `echo` and `wait`. */
export async function openHttpServer({ token }: { readonly token?: string } = {}): Promise<HttpServer> {
  const { McpServer: Server } = (await import(`${SDK}/server/mcp.js`)) as unknown as {
    McpServer: new (info: object) => SdkServer;
  };
  const { StreamableHTTPServerTransport } = (await import(`${SDK}/server/streamableHttp.js`)) as unknown as {
    StreamableHTTPServerTransport: new (
      options: object,
    ) => { handleRequest(...args: unknown[]): Promise<void>; sessionId?: string };
  };
  const sessions = new Map<string, { handleRequest(...args: unknown[]): Promise<void> }>();
  const requests: { method: string | undefined; headers: IncomingMessage['headers'] }[] = [];
  const http = createServer((request, response) => {
    void (async () => {
      requests.push({ method: request.method, headers: request.headers });
      if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
        response.writeHead(401).end(`no access with ${String(request.headers.authorization)}`);
        return;
      }
      const id = request.headers['mcp-session-id'];
      let transport = typeof id === 'string' ? sessions.get(id) : undefined;
      if (transport === undefined) {
        const opened = new StreamableHTTPServerTransport({
          sessionIdGenerator: randomUUID,
          onsessioninitialized: (session: string) => sessions.set(session, opened),
          onsessionclosed: (session: string) => sessions.delete(session),
        });
        transport = opened;
        const server = new Server({ name: 'web-server', version: '2' });
        server.registerTool('echo', { description: 'echoes' }, () => ({ content: [{ type: 'text', text: 'hello' }] }));
        server.registerTool(
          'wait',
          {},
          ({ signal }) =>
            new Promise((resolve) => {
              handle.waiting += 1;
              signal.addEventListener('abort', () => {
                handle.cancelled += 1;
                resolve({ content: [] });
              });
            }),
        );
        await server.connect(opened);
      }
      await transport.handleRequest(request, response);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const handle: HttpServer = {
    url: `http://127.0.0.1:${String(port)}/mcp`,
    port,
    requests,
    waiting: 0,
    cancelled: 0,
    close: async () => {
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await closed;
    },
  };
  return handle;
}
