export {
  type BundledBinary,
  type BundledBinarySpec,
  bundledPlatformLabel,
  resolveBundledBinary,
} from './binary/bundled.js';
export { type BinaryOptions, type BinarySource, resolveBinary } from './binary/resolve.js';
export { type BinarySpec, type WatchBinaryOptions, watchBinary$ } from './binary/watch.js';
export * from './client/index.js';
export {
  AbortError,
  type AnyCodexError,
  BinaryNotFoundError,
  CapabilityError,
  CodexError,
  type CodexErrorCode,
  DecodeError,
  ExitError,
  HomeError,
  InputError,
  isCodexError,
  OutputError,
  RequestError,
  RpcError,
  type RunFailure,
  RunTimeoutError,
  SessionError,
  SpawnError,
  TurnFailedError,
} from './errors/index.js';
export {
  type AgentMessageItem,
  type CollabToolCallItem,
  type CommandExecutionItem,
  createDecoder,
  type Decoder,
  decodeEvents,
  type ErrorEvent,
  type ErrorItem,
  type FailureCategory,
  type FileChangeItem,
  type ItemCompletedEvent,
  type ItemDeltaEvent,
  type ItemEvent,
  type ItemStartedEvent,
  type ItemUpdatedEvent,
  isItemEvent,
  type MalformedEvent,
  type McpToolCallItem,
  type RawLine,
  type ReasoningItem,
  type ThreadEvent,
  type ThreadEventType,
  type ThreadItem,
  type ThreadItemType,
  type ThreadStartedEvent,
  type TodoListItem,
  type TurnCompletedEvent,
  type TurnError,
  type TurnFailedEvent,
  type TurnResult,
  type TurnResultOptions,
  type TurnStartedEvent,
  type UnknownEvent,
  type Usage,
  type WebSearchItem,
} from './events/index.js';
export * from './exec/index.js';
export { preflight$ } from './preflight/preflight.js';
export type * from './preflight/types.js';
export type { DiagnosticMessage } from './process/diagnostics.js';
export { findOrphans, type OrphanedRun } from './process/find-orphans.js';
export { whenIdle } from './process/pending-runs.js';
export { type ReapedRun, reapOrphans } from './process/reap-orphans.js';
export type { LogSource } from './reading/open-source.js';
export * from './reading/read-events.js';
export * from './reading/read-records.js';
export type * from './request/tool-types.js';
export type * from './request/types.js';
export type * from './run/run-notification.js';
export { type LatestSessionOptions, latestSession$ } from './sessions/latest-session.js';
export type { SessionKind } from './sessions/session-head.js';
export * from './sessions/sessions.js';
export { type ToolOptions, tool } from './tools/tool.js';
export type { ToolArguments } from './tools/tool-arguments.js';
