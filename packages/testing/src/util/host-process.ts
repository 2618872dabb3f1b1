import { runInThisContext } from 'node:vm';

/** The process of the host. In a Jest test, the global `process` is a copy whose `exit` listeners never run. */
export const hostProcess = runInThisContext('process') as NodeJS.Process;
