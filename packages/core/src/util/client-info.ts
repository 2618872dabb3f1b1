/** How this package introduces itself to servers: an app-server, `codex mcp-server`, MCP servers. */
export const CLIENT_INFO = { name: 'codex-rx', title: 'codex-rx', version: '0.1.0' } as const;
