export type { McpServerCommand } from './config-toml.js';
export type { FailureKind, FailureOptions } from './failures.js';
export type { ScriptedMcpServer, ScriptedMcpServerDefinition, ScriptedToolResult } from './mcp-server.js';
export * as model from './model.js';
export type { RecordedRequest } from './recorded-request.js';
export type { ModelRun, ModelScriptFactory } from './run-queues.js';
export { ScriptError, type ScriptErrorCode } from './script-error.js';
export {
  openScriptedModel,
  type ScriptedModel,
  type ScriptedModelOptions,
  scriptedModel,
  scriptedModel$,
} from './scripted-model.js';
export type { ModelScript, ModelScriptEntry, ModelStep } from './steps.js';
