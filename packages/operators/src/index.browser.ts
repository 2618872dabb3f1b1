export type {
  ChangedFile,
  FileSequence,
  ItemScope,
  ItemSequence,
  ItemSnapshot,
  ItemState,
  Notice,
  Sequence,
  TextDelta,
  ThreadSnapshot,
  ThreadStatus,
  TurnResult,
  TurnResultOptions,
  TurnSnapshot,
  TurnStatus,
  UsageReport,
} from '@codex-rx/core/events';
export { emptySnapshot, reduceSnapshot, turnResult } from '@codex-rx/core/events';
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
