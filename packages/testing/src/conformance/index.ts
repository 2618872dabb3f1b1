export { conformanceCases, runConformance } from './run-conformance.js';
export type * from './types.js';
