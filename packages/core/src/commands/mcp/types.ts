/** A server that is started as a process. Contains the values of `env`. */
export interface McpStdioTransport {
  readonly type: 'stdio';
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>> | null;
  /** Variables that are passed on to it. */
  readonly env_vars?: readonly unknown[] | undefined;
  readonly cwd?: string | null | undefined;
}

/** A server that is reached over HTTP. */
export interface McpHttpTransport {
  readonly type: 'streamable_http';
  readonly url: string;
  /** The variable that holds the bearer token. */
  readonly bearer_token_env_var: string | null;
  readonly http_headers?: Readonly<Record<string, string>> | null | undefined;
  /** Header to name of a variable. */
  readonly env_http_headers?: Readonly<Record<string, string>> | null | undefined;
}

/** A kind of server that is not known here. */
export interface McpUnknownTransport {
  readonly type: 'unknown';
  readonly transport_type: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

export type McpTransport = McpStdioTransport | McpHttpTransport | McpUnknownTransport;

/** A configured MCP server, as the CLI writes it; fields that are not known here are kept. */
export interface McpServer {
  readonly name: string;
  readonly enabled: boolean;
  readonly disabled_reason?: string | null | undefined;
  readonly transport: McpTransport;
  readonly startup_timeout_sec: number | null;
  readonly tool_timeout_sec: number | null;
  /** In a list: `unsupported`, `not_logged_in`, `bearer_token`, `o_auth`. */
  readonly auth_status?: string | undefined;
  readonly enabled_tools?: readonly string[] | null | undefined;
  readonly disabled_tools?: readonly string[] | null | undefined;
}
