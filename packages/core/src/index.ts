export { resolveBinary } from './binary/resolve.js';
export * from './errors/index.js';
export * from './events/index.js';
export * from './exec/index.js';
export { type ReapedRun, reapOrphans } from './process/reap-orphans.js';
export { mergeOptions } from './request/merge.js';
export type * from './request/types.js';
