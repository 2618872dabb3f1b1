export * from './app-server/index.js';
export * from './builders/index.js';
export * from './conformance/index.js';
export * from './fake/index.js';
export * from './fixtures/index.js';
export * from './marbles/index.js';
export * from './model/index.js';
export { disposeAll } from './util/open-resources.js';
