export type { EngineConnectOptions, EngineOptions } from '../engine/options.js';
export * from './create-codex.js';
export type { CodexThread, ThreadOptions, TurnOptions } from './thread.js';
export type { WhenBusy } from './turn-queue.js';
