/** Facts about a connected server. */
export interface AppServerInfo {
  /** Version of the CLI, such as `0.171.0`. */
  readonly version: string;
  /** The user agent that the server sends to its model. */
  readonly userAgent: string;
  /** The server's `CODEX_HOME` (CLI ≥ 0.125). */
  readonly codexHome?: string;
  /** The operating system of the server. */
  readonly platformOs?: string;
  /** Process id of a server that this host has spawned. */
  readonly pid?: number;
  /** Whether experimental methods and fields may be used. */
  readonly experimentalApi: boolean;
}

/** Reads the answer to `initialize`: `name/0.171.0 (Debian 12.0.0; x86_64) …`. */
export function readInfo(
  result: unknown,
  own: { readonly pid?: number | undefined; readonly experimentalApi: boolean },
): AppServerInfo {
  const { userAgent, codexHome, platformOs } = (result ?? {}) as Readonly<Record<string, unknown>>;
  const agent = typeof userAgent === 'string' ? userAgent : '';
  return {
    version: /\/(\d+\.\d+\.\d+[\w.-]*)/.exec(agent)?.[1] ?? 'unknown',
    userAgent: agent,
    ...(typeof codexHome === 'string' ? { codexHome } : {}),
    ...(typeof platformOs === 'string' ? { platformOs } : {}),
    ...(own.pid === undefined ? {} : { pid: own.pid }),
    experimentalApi: own.experimentalApi,
  };
}
