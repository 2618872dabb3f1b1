export * from './operators/index.js';
export { reduceSnapshot } from './snapshot/reduce-snapshot.js';
export type { Sequence } from './snapshot/sequence.js';
export { emptySnapshot } from './snapshot/state.js';
export type * from './snapshot/types.js';
