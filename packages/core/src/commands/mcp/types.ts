/** A server that is started as a process. Contains the values of `env`. */
export interface McpStdioTransport {
  /** A program that the CLI starts. */
  readonly type: 'stdio';
  /** The program of the server. */
  readonly command: string;
  /** The arguments of the program. */
  readonly args: readonly string[];
  /** Variables to add to the environment of the server. */
  readonly env: Readonly<Record<string, string>> | null;
  /** Variables that are passed on to it. */
  readonly env_vars?: readonly unknown[] | undefined;
  /** The working directory of the server. */
  readonly cwd?: string | null | undefined;
}

/** A server that is reached over HTTP. */
export interface McpHttpTransport {
  /** A server that is reached by HTTP. */
  readonly type: 'streamable_http';
  /** The URL of the server. */
  readonly url: string;
  /** The variable that holds the bearer token. */
  readonly bearer_token_env_var: string | null;
  /** Headers of each request. */
  readonly http_headers?: Readonly<Record<string, string>> | null | undefined;
  /** Header to name of a variable. */
  readonly env_http_headers?: Readonly<Record<string, string>> | null | undefined;
}

/** A kind of server that is not known here. */
export interface McpUnknownTransport {
  /** A transport that is not known here. */
  readonly type: 'unknown';
  /** The type that the CLI reports. */
  readonly transport_type: string;
  /** The transport, as the CLI reports it. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** How the CLI starts or reaches an MCP server. */
export type McpTransport = McpStdioTransport | McpHttpTransport | McpUnknownTransport;

/** A configured MCP server, as the CLI writes it; fields that are not known here are kept. */
export interface McpServer {
  /** The name of the server. */
  readonly name: string;
  /** Whether the CLI starts the server. */
  readonly enabled: boolean;
  /** Why the server is disabled. */
  readonly disabled_reason?: string | null | undefined;
  /** How the CLI starts or reaches the server. */
  readonly transport: McpTransport;
  /** Seconds that the server may take to start. */
  readonly startup_timeout_sec: number | null;
  /** Seconds that a call may take. */
  readonly tool_timeout_sec: number | null;
  /** In a list: `unsupported`, `not_logged_in`, `bearer_token`, `o_auth`. */
  readonly auth_status?: string | undefined;
  /** The only tools that the agent may call. */
  readonly enabled_tools?: readonly string[] | null | undefined;
  /** Tools that the agent must not call. */
  readonly disabled_tools?: readonly string[] | null | undefined;
}
