export * from './builders/index.js';
export { disposeAll } from './cleanup.js';
export * from './conformance/index.js';
export * from './fake/index.js';
export * from './fixtures/index.js';
export * from './marbles/index.js';
export * from './model/index.js';
export * from './processes/index.js';
