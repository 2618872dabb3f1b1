export * from './find-processes.js';
export { isAlive, livingPids } from './is-alive.js';
export * from './wait-until.js';
