export * from './find-processes.js';
export { isAlive, survivors } from './is-alive.js';
export * from './wait-until.js';
