export * from './exec.js';
export * from './fork.js';
export * from './lines.js';
export * from './resume.js';
export * from './review.js';
export * from './run.js';
export * from './run-turn.js';
export { sendPrompt$ } from './send-prompt.js';
