// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface ListMcpServerStatusParams {
  /** Opaque pagination cursor returned by a previous call. */
  readonly cursor?: string | null | undefined;
  /** Controls how much MCP inventory data to fetch for each server. Defaults to `Full` when omitted. */
  readonly detail?: McpServerStatusDetail | null | undefined;
  /**
   * Select this environment's registration. Requires `serverName` and `threadId`. When omitted, a named request uses
   * the same server as older clients.
   */
  readonly environmentId?: string | null | undefined;
  /** Optional page size; defaults to a server-defined value. */
  readonly limit?: number | null | undefined;
  /** Limit discovery to one server. With a thread ID, reuse that thread's MCP connection. */
  readonly serverName?: string | null | undefined;
  readonly threadId?: string | null | undefined;
}

export interface ListMcpServerStatusResponse {
  readonly data: readonly McpServerStatus[];
  /**
   * Opaque cursor to pass to the next call to continue after the last item. If None, there are no more items to
   * return.
   */
  readonly nextCursor?: string | null | undefined;
}

export type McpAuthStatus = 'unknown' | 'unsupported' | 'notLoggedIn' | 'bearerToken' | 'oAuth';

export type McpServerConnectionStatus =
  | 'notStarted'
  | 'starting'
  | 'connected'
  | 'authenticationRequired'
  | 'failed'
  | 'cancelled'
  | 'disabled';

/** Presentation metadata advertised by an initialized MCP server. */
export interface McpServerInfo {
  readonly description?: string | null | undefined;
  readonly icons?: readonly unknown[] | null | undefined;
  readonly name: string;
  readonly title?: string | null | undefined;
  readonly version: string;
  readonly websiteUrl?: string | null | undefined;
}

export interface McpServerStatus {
  readonly authStatus: McpAuthStatus;
  /**
   * Environment that contributed this registration; null for a thread-wide server. Older servers omit this field.
   */
  readonly environmentId?: string | null | undefined;
  /**
   * HTTP origin of the effective configured endpoint, including plugin servers. Excludes credentials, path, query,
   * and fragment; null for non-HTTP transports.
   */
  readonly httpOrigin?: string | null | undefined;
  readonly name: string;
  readonly pluginId?: string | null | undefined;
  readonly resourceTemplates: readonly ResourceTemplate[];
  readonly resources: readonly Resource[];
  /** Current thread-runtime connection state; null when unavailable or the configuration changed. */
  readonly runtimeStatus?: McpServerConnectionStatus | null | undefined;
  /** Capabilities advertised by the initialized MCP server; null when unavailable. */
  readonly serverCapabilities?: unknown;
  readonly serverInfo?: McpServerInfo | null | undefined;
  /** Opaque `_meta` from the first page of the corresponding MCP tool catalog. Null when unavailable. */
  readonly toolListMeta?: unknown;
  readonly tools: Readonly<Record<string, Tool>>;
  /**
   * Tool discovery failed and no catalog was returned. Null when a catalog is returned, including cached or empty
   * catalogs.
   */
  readonly toolsError?: string | null | undefined;
}

export type McpServerStatusDetail = 'full' | 'toolsAndAuthOnly';

/** A known resource that the server is capable of reading. */
export interface Resource {
  readonly _meta?: unknown;
  readonly annotations?: unknown;
  readonly description?: string | null | undefined;
  readonly icons?: readonly unknown[] | null | undefined;
  readonly mimeType?: string | null | undefined;
  readonly name: string;
  readonly size?: number | null | undefined;
  readonly title?: string | null | undefined;
  readonly uri: string;
}

/** A template description for resources available on the server. */
export interface ResourceTemplate {
  readonly annotations?: unknown;
  readonly description?: string | null | undefined;
  readonly mimeType?: string | null | undefined;
  readonly name: string;
  readonly title?: string | null | undefined;
  readonly uriTemplate: string;
}

/** Definition for a tool the client can call. */
export interface Tool {
  readonly _meta?: unknown;
  readonly annotations?: unknown;
  readonly description?: string | null | undefined;
  readonly icons?: readonly unknown[] | null | undefined;
  readonly inputSchema: unknown;
  readonly name: string;
  readonly outputSchema?: unknown;
  readonly title?: string | null | undefined;
}
