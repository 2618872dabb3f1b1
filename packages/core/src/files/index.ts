export { createFolder } from '../util/create-folder.js';
export { UnsafeFileError } from '../util/open-safely.js';
export { createLog, openLog } from './open-log.js';
