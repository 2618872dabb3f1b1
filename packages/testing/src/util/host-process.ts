import { runInThisContext } from 'node:vm';

/** The process of the host. The global `process` of a Jest test is a copy whose `exit` listeners never run. */
export const hostProcess = runInThisContext('process') as NodeJS.Process;
