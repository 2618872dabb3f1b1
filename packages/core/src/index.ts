export {
  type BundledBinary,
  type BundledBinarySpec,
  bundledPlatformLabel,
  resolveBundledBinary,
} from './binary/bundled.js';
export { type BinaryOptions, resolveBinary } from './binary/resolve.js';
export { type BinarySpec, type WatchBinaryOptions, watchBinary$ } from './binary/watch.js';
export * from './client/index.js';
export * from './commands/index.js';
export * from './errors/index.js';
export * from './events/index.js';
export * from './exec/index.js';
export type { HomeInspection } from './home/inspect.js';
export type { AuthInspection } from './home/inspect-auth.js';
export type { ConfigInspection } from './home/inspect-config.js';
export type { FileInspection } from './home/inspect-file.js';
export type { FolderInspection } from './home/inspect-folder.js';
export * from './home/layout.js';
export type { HomePaths } from './home/paths.js';
export type { AuthSeedOptions, AuthSeedOutcome } from './home/seed-auth.js';
export { preflight$ } from './preflight/preflight.js';
export type * from './preflight/types.js';
export type { DiagnosticMessage } from './process/diagnostics.js';
export { whenIdle } from './process/pending-runs.js';
export { type ReapedRun, reapOrphans } from './process/reap-orphans.js';
export type { LogSource } from './reading/open-source.js';
export * from './reading/read-events.js';
export type { ReadLinesOptions } from './reading/read-lines.js';
export * from './reading/read-records.js';
export { mergeOptions } from './request/merge.js';
export type * from './request/types.js';
export { findRolloutById$ } from './rollout/find-rollout-by-id.js';
export { type FindRolloutsOptions, findRollouts$ } from './rollout/find-rollouts.js';
export { readRollout$ } from './rollout/read-rollout.js';
export type * from './rollout/records.js';
export { rolloutToEvents } from './rollout/rollout-to-events.js';
export type * from './run/run-notification.js';
export * from './sessions/sessions.js';
