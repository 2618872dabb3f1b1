export {
  type CodexRunHelpers,
  type CodexScheduler,
  codexScheduler,
  type ExpectRun,
  type ExpectRunOptions,
  expectRun,
  type RunExpectation,
} from './codex-scheduler.js';
export { fromMarbles } from './from-marbles.js';
export { type MarbleThread, marbleThread } from './marble-thread.js';
export { type RunMarbles, type ToMarblesOptions, toMarbles } from './to-marbles.js';
