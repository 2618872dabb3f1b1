// Runs modules in one process, one after the other: a module has ended when nothing that it started keeps the process
// alive. Sends `{ path, error? }` of each to the parent process.
//   run-modules.mjs <JSON: a list of { path, cwd, home }>
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const waiting = JSON.parse(process.argv[2]);
let current;
let hasSettled = true;
let error;

const fail = (reason) => {
  error ??= String(reason?.stack ?? reason);
};
process.on('uncaughtException', fail);

process.on('beforeExit', () => {
  if (current !== undefined) {
    if (!hasSettled) fail('a promise at its top level never settled');
    if (process.exitCode) fail(`exit code ${process.exitCode}`);
    process.exitCode = undefined;
    process.send({ path: current.path, error });
  }
  current = waiting.shift();
  if (current === undefined) {
    process.disconnect();
    return;
  }
  error = undefined;
  hasSettled = false;
  process.chdir(current.cwd);
  process.env.CODEX_HOME = current.home;
  import(pathToFileURL(current.path).href).catch(fail).finally(() => {
    hasSettled = true;
  });
});
