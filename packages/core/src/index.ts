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
export type * from './run/run-notification.js';
export * from './sessions/sessions.js';
