import type { IncomingMessage, ServerResponse } from 'node:http';
import { RequestError } from '../../errors/index.js';

/** Parameters of `tools/call`. */
export interface CallParams {
  readonly name: string;
  readonly arguments?: unknown;
  readonly _meta?: { readonly threadId?: unknown } | undefined;
}

/** A session of one client. */
export interface McpTransport {
  handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

interface McpServer {
  setRequestHandler(
    schema: unknown,
    handler: (request: { readonly params: CallParams }, extra: { readonly signal: AbortSignal }) => unknown,
  ): void;
  connect(transport: McpTransport): Promise<void>;
}

/** The parts of the MCP SDK that are used here. The package is an optional peer: its types may be missing. */
export interface McpModules {
  readonly Server: new (
    info: { readonly name: string; readonly version: string },
    options: { readonly capabilities: object },
  ) => McpServer;
  readonly StreamableHTTPServerTransport: new (options: {
    readonly sessionIdGenerator: () => string;
    readonly enableJsonResponse: boolean;
    readonly onsessioninitialized: (id: string) => void;
    readonly onsessionclosed: (id: string) => void;
  }) => McpTransport;
  readonly CallToolRequestSchema: unknown;
  readonly ListToolsRequestSchema: unknown;
}

const MODULES: readonly string[] = [
  '@modelcontextprotocol/sdk/server/index.js',
  '@modelcontextprotocol/sdk/server/streamableHttp.js',
  '@modelcontextprotocol/sdk/types.js',
];

/** @throws RequestError if the package is missing */
export async function loadMcp(): Promise<McpModules> {
  try {
    const modules = await Promise.all(MODULES.map((name) => import(name) as Promise<Partial<McpModules>>));
    return Object.assign({}, ...modules) as McpModules;
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    const problem = 'needs the package "@modelcontextprotocol/sdk" over codex exec. Install it: npm install';
    throw new RequestError('tools', `${problem} @modelcontextprotocol/sdk.`);
  }
}
