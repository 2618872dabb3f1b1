export type { TextDelta } from '@codex-rx/core/events';
export type { Backoff } from './failure/backoff.js';
export type { FailureClass } from './failure/failure-class.js';
export { shellCommand } from './item/shell-command.js';
export type {
  CodecLike,
  EitherLike,
  OutputDecoder,
  StandardIssue,
  StandardResult,
  StandardSchemaLike,
} from './message/output-schema.js';
export * from './operators/index.js';
export { reduceSnapshot } from './snapshot/reduce-snapshot.js';
export { emptySnapshot } from './snapshot/state.js';
export type * from './snapshot/types.js';
export type { UsageReport } from './usage/follow-usage.js';
