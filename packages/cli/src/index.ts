/** The exit codes of the program. */
export { EXIT } from './command/exit-codes.js';
