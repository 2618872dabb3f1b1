export { CodexError } from './base.js';
export * from './command-errors.js';
export * from './decode-error.js';
export * from './input-error.js';
export * from './is-codex-error.js';
export * from './process-errors.js';
export * from './request-error.js';
export * from './run-errors.js';
export * from './stop-errors.js';
