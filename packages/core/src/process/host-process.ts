import { runInThisContext } from 'node:vm';

/**
 * The process object of this thread. Test runners such as Jest replace the global object by a copy that never emits
 * `exit` or a signal.
 */
export const hostProcess = runInThisContext('process') as NodeJS.Process;

/** The global object of this thread. Jest gives each test file a global object of its own. */
export const hostGlobal = runInThisContext('globalThis') as Record<symbol, unknown>;
