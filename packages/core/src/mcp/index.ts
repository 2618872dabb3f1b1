export type { McpServerDefinition } from '../commands/mcp/server-table.js';
export type {
  McpHttpTransport,
  McpServer,
  McpStdioTransport,
  McpTransport,
  McpUnknownTransport,
} from '../commands/mcp/types.js';
export type { AppRuntimePool } from './apps/app-pool.js';
export {
  type AppRuntime,
  type AppRuntimeDefinition,
  type AppRuntimeLauncher,
  type AppRuntimes,
  appRuntimes,
} from './apps/app-runtimes.js';
export type { McpServerChanges } from './config/definition.js';
export { type McpConfig, mcpConfig } from './config/mcp-config.js';
export * from './runtime/launcher.js';
export { type McpRuntime, type McpRuntimeOptions, mcpRuntime$, openMcpRuntime } from './runtime/mcp-runtime.js';
export * from './runtime/mcp-runtimes.js';
export type { McpCallEvent, McpCallOptions, McpCallResult, McpTool } from './runtime/tool-calls.js';
export { type CodexMcpServer, mcpServer$, openMcpServer } from './server/mcp-server.js';
export type { CodexCall, CodexMcpServerOptions, CodexReply } from './server/options.js';
