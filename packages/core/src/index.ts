export * from './errors/index.js';
export * from './events/index.js';
export type * from './request/types.js';
