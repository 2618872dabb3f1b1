import { RequestError } from '../../errors/index.js';

/** A message of JSON-RPC. */
export type JsonRpcMessage = Readonly<Record<string, unknown>>;

/** A transport as the MCP SDK uses it: it sets the handlers before `start`. */
export interface SdkTransport {
  onclose?: (() => void) | undefined;
  onerror?: ((error: Error) => void) | undefined;
  onmessage?: ((message: JsonRpcMessage) => void) | undefined;
  start(): Promise<void>;
  send(message: JsonRpcMessage): Promise<void>;
  close(): Promise<void>;
}

/** The transport over HTTP. */
export interface SdkHttpTransport extends SdkTransport {
  terminateSession(): Promise<void>;
}

export interface SdkRequestOptions {
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  readonly resetTimeoutOnProgress?: boolean;
  readonly onprogress?: (progress: {
    readonly progress: number;
    readonly total?: number;
    readonly message?: string;
  }) => void;
}

interface SdkClient {
  onclose?: (() => void) | undefined;
  connect(transport: SdkTransport, options: SdkRequestOptions): Promise<void>;
  close(): Promise<void>;
  request(
    request: { readonly method: string; readonly params?: object },
    schema: unknown,
    options: SdkRequestOptions,
  ): Promise<Readonly<Record<string, unknown>>>;
  getServerVersion(): { readonly name: string; readonly version: string } | undefined;
}

/** The parts of the MCP SDK that are used here. The package is an optional peer: its types may be missing. */
export interface McpClientModules {
  readonly Client: new (
    info: { readonly name: string; readonly version: string },
    options: { readonly capabilities: object },
  ) => SdkClient;
  readonly StreamableHTTPClientTransport: new (
    url: URL,
    options: { readonly requestInit: RequestInit; readonly fetch: typeof fetch },
  ) => SdkHttpTransport;
  readonly CallToolResultSchema: unknown;
  readonly ListToolsResultSchema: unknown;
}

const MODULES: readonly string[] = [
  '@modelcontextprotocol/sdk/client/index.js',
  '@modelcontextprotocol/sdk/client/streamableHttp.js',
  '@modelcontextprotocol/sdk/types.js',
];

/** @throws RequestError if the package is missing */
export async function loadMcpClient(): Promise<McpClientModules> {
  try {
    const modules = await Promise.all(MODULES.map((name) => import(name) as Promise<Partial<McpClientModules>>));
    return Object.assign({}, ...modules) as McpClientModules;
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    const problem = 'needs the package "@modelcontextprotocol/sdk". Install it: npm install @modelcontextprotocol/sdk.';
    throw new RequestError('launcher', problem);
  }
}
