export type { McpServerDefinition } from '../commands/mcp/server-table.js';
export type {
  McpHttpTransport,
  McpServer,
  McpStdioTransport,
  McpTransport,
  McpUnknownTransport,
} from '../commands/mcp/types.js';
export type { McpServerChanges } from './config/definition.js';
export { type McpConfig, mcpConfig } from './config/mcp-config.js';
export * from './runtime/launcher.js';
export { type McpRuntime, type McpRuntimeOptions, mcpRuntime$, openMcpRuntime } from './runtime/mcp-runtime.js';
export * from './runtime/mcp-runtimes.js';
export type { McpCallEvent, McpCallOptions, McpCallResult, McpTool } from './runtime/tool-calls.js';
