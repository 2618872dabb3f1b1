export { threadItems } from './items.js';
export { type MutatedRunsOptions, mutatedLines, mutatedRuns, runLines } from './mutations.js';
export { type RunsOptions, runs } from './runs.js';
