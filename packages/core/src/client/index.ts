export * from './create-codex.js';
