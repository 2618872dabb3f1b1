import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { firstValueFrom, fromEvent, merge, ReplaySubject, takeUntil } from 'rxjs';
import { RequestError } from '../../errors/index.js';
import type { Tool, ToolOutcome } from '../../request/tool-types.js';
import type { ConfigTable } from '../../request/types.js';
import { toBase64 } from '../tool-content.js';
import { hostEnvironment, hostSettings } from './host-settings.js';
import { type CallParams, loadMcp, type McpModules, type McpTransport } from './load-mcp.js';
import { refusal } from './refusal.js';

const HOST = '127.0.0.1';
const PATH = '/mcp';
const TOKEN_BYTES = 32;
const SERVER_INFO = { name: 'codex-rx', version: '1' };
const INVALID_PARAMS = -32602;

/**
 * Offers tools to the CLI of one run: an MCP server over HTTP on the loopback interface, on a random port, for clients
 * that know its token.
 */
export class ToolHost {
  readonly #token = randomBytes(TOKEN_BYTES).toString('base64url');
  /** The thread of the run, for CLI versions that do not send the thread with a call. */
  threadId: () => string | undefined = () => undefined;
  readonly #tools: ReadonlyMap<string, Tool>;
  readonly #mcp: McpModules;
  readonly #http: HttpServer;
  readonly #sessions = new Map<string, McpTransport>();
  /** Replays, because a call may arrive later. */
  readonly #aborted$ = new ReplaySubject<void>(1);

  private constructor(tools: readonly Tool[], mcp: McpModules) {
    this.#tools = new Map(tools.map((tool) => [tool.name, tool]));
    this.#mcp = mcp;
    this.#http = createServer((request, response) => {
      this.#handle(request, response).catch(() => response.destroy());
    });
    // The CLI fails a call for which it uses a connection that is being closed.
    this.#http.keepAliveTimeout = 0;
  }

  /** @throws RequestError if the optional MCP package is missing */
  static async open(tools: readonly Tool[]): Promise<ToolHost> {
    const host = new ToolHost(tools, await loadMcp());
    await host.#listen();
    return host;
  }

  /** Settings of the CLI for this server. */
  get settings(): ConfigTable {
    return hostSettings(`http://${this.#authority}${PATH}`);
  }

  /** Variables of the CLI for this server, in addition to `env`. */
  environment(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return hostEnvironment(env, { hostname: HOST, token: this.#token });
  }

  get #authority(): string {
    return `${HOST}:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Aborts all calls. Later calls are not executed. */
  abort(): void {
    this.#aborted$.next();
  }

  /** Aborts all calls and closes the port with its connections. Later calls do nothing. */
  async close(): Promise<void> {
    this.abort();
    if (!this.#http.listening) return;
    const closed = new Promise((resolve) => this.#http.close(resolve));
    this.#http.closeAllConnections();
    await closed;
  }

  #listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', (error) => {
        reject(new RequestError('tools', `cannot be offered: ${error.message}.`));
      });
      this.#http.listen(0, HOST, resolve);
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const status = refusal(request, { authority: this.#authority, path: PATH, token: this.#token });
    if (status !== undefined) {
      response.writeHead(status, { connection: 'close' }).end();
      return;
    }
    const { 'mcp-session-id': session } = request.headers;
    const known = typeof session === 'string' ? this.#sessions.get(session) : undefined;
    await (known ?? (await this.#openSession())).handleRequest(request, response);
  }

  /** A client with no session initializes one; the transport rejects everything else. */
  async #openSession(): Promise<McpTransport> {
    const { Server, StreamableHTTPServerTransport, CallToolRequestSchema, ListToolsRequestSchema } = this.#mcp;
    const transport: McpTransport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      enableJsonResponse: true,
      onsessioninitialized: (id) => {
        this.#sessions.set(id, transport);
      },
      onsessionclosed: (id) => {
        this.#sessions.delete(id);
      },
    });
    const server = new Server(SERVER_INFO, { capabilities: { tools: {} } });
    server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...this.#tools.values()].map(describe) }));
    server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
      const outcome = await this.#call(params, signal);
      return { content: outcome.content.map(toMcpContent), isError: outcome.isError };
    });
    await server.connect(transport);
    return transport;
  }

  async #call({ name, arguments: args, _meta }: CallParams, signal: AbortSignal): Promise<ToolOutcome> {
    const tool = this.#tools.get(name);
    if (tool === undefined) throw Object.assign(new Error(`Unknown tool ${name}`), { code: INVALID_PARAMS });
    const threadId = typeof _meta?.threadId === 'string' ? _meta.threadId : this.threadId();
    const cancelled$ = merge(this.#aborted$, fromEvent(signal, 'abort'));
    const call$ = tool.call$(args, { threadId }).pipe(takeUntil(cancelled$));
    return await firstValueFrom(call$, { defaultValue: CANCELLED });
  }
}

const CANCELLED: ToolOutcome = { content: [{ type: 'text', text: 'The call was cancelled.' }], isError: true };

/** Clients ask for approval of a tool that may destroy something or reach others, unless it says that it does not. */
const ANNOTATIONS = { destructiveHint: false, openWorldHint: false };

function describe({ name, description, inputSchema }: Tool) {
  return { name, description, inputSchema: { ...inputSchema, type: 'object' as const }, annotations: ANNOTATIONS };
}

function toMcpContent(part: ToolOutcome['content'][number]) {
  return part.type === 'text'
    ? { type: part.type, text: part.text }
    : { type: part.type, data: toBase64(part), mimeType: part.mediaType };
}
