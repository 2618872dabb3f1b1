export { type ApplyResult, apply$ } from './apply.js';
export * from './auth/ensure-login.js';
export { type LoginRequest, login$ } from './auth/login.js';
export * from './auth/login-status.js';
export * from './auth/logout.js';
export type * from './auth/types.js';
export * from './bindings.js';
export * from './cloud/cloud-apply.js';
export * from './cloud/cloud-diff.js';
export * from './cloud/cloud-exec.js';
export * from './cloud/cloud-list.js';
export { type CloudTaskState, cloudStatus$ } from './cloud/cloud-status.js';
export type { TaskOptions } from './cloud/resolve-task-id.js';
export type { CloudDiffSummary, CloudTask, CloudTaskPage, CloudTaskStatus } from './cloud/types.js';
export * from './command.js';
export type * from './command-options.js';
export {
  type CatalogModel,
  type DebugModelsRequest,
  type DebugPromptInputRequest,
  debug$,
  type ModelCatalog,
  type PromptInputItem,
} from './debug.js';
export { type DoctorCheck, type DoctorReport, type DoctorStatus, doctor$ } from './doctor.js';
export * from './exec-policy/check-exec-policy.js';
export type * from './exec-policy/types.js';
export * from './features/list-features.js';
export * from './features/set-feature.js';
export type * from './features/types.js';
export { type HelpOptions, type HelpScope, help$ } from './help.js';
export * from './mcp/mcp-add.js';
export * from './mcp/mcp-get.js';
export * from './mcp/mcp-list.js';
export * from './mcp/mcp-login.js';
export * from './mcp/mcp-logout.js';
export * from './mcp/mcp-remove.js';
export type { McpServerDefinition } from './mcp/server-table.js';
export type * from './mcp/types.js';
export * from './plugins/marketplaces.js';
export * from './plugins/plugins.js';
export type {
  AddedMarketplace,
  InstalledPlugin,
  Marketplace,
  MarketplaceSource,
  MarketplaceUpgrade,
  Plugin,
  PluginList,
  RemovedMarketplace,
  RemovedPlugin,
} from './plugins/types.js';
export * from './resources/responses-api-proxy.js';
export * from './resources/stdio-to-uds.js';
export { type SandboxRequest, sandbox$ } from './sandbox.js';
export * from './version.js';
