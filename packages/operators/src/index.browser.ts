export type { Backoff } from './failure/backoff.js';
export type { FailureClass } from './failure/failure-class.js';
export type { EitherLike, OutputDecoder } from './message/decode-output.js';
export type { TextDelta } from './message/turn-messages.js';
export * from './operators/index.js';
export { reduceSnapshot } from './snapshot/reduce-snapshot.js';
export { emptySnapshot } from './snapshot/state.js';
export type * from './snapshot/types.js';
export type { UsageReport } from './usage/follow-usage.js';
