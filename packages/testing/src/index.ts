export { disposeAll } from './cleanup.js';
export * from './fake/index.js';
export * from './processes/index.js';
