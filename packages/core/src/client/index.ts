export type { CommandMethods } from './command-methods.js';
export * from './create-codex.js';
