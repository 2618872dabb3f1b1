export type { McpServerCommand } from './config-toml.js';
export type { FailureKind, FailureOptions } from './failures.js';
export type { McpServer, ScriptedMcpServer, ToolAnswer } from './mcp-server.js';
export * as model from './model.js';
export type { RecordedRequest, WireObject } from './recorded-request.js';
export { ScriptError, type ScriptErrorCode } from './script-error.js';
export {
  openScriptedModel,
  type ScriptedModel,
  type ScriptedModelOptions,
  scriptedModel,
  scriptedModel$,
} from './scripted-model.js';
export type { Script, ScriptEntry, Step } from './steps.js';
