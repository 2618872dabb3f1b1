export { findRolloutById$ } from './find-rollout-by-id.js';
export { type FindRolloutsOptions, findRollouts$ } from './find-rollouts.js';
export { followHistory, type HistoryPosition, type HistoryRecord } from './follow-history.js';
export { readRollout$ } from './read-rollout.js';
export type * from './records.js';
export { rolloutToEvents } from './rollout-to-events.js';
