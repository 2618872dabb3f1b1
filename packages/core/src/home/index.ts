export type { HomeInspection } from './inspect.js';
export type { AuthInspection } from './inspect-auth.js';
export type { ConfigInspection } from './inspect-config.js';
export type { FileInspection } from './inspect-file.js';
export type { FolderInspection } from './inspect-folder.js';
export * from './layout.js';
export type { HomePaths } from './paths.js';
export type { AuthSeedOptions, AuthSeedOutcome } from './seed-auth.js';
