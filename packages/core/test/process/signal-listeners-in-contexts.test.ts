import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle, removeBundles } from '../exec/support/bundle.js';

afterAll(removeBundles);

const PROGRAM = `
  const { readFileSync } = require('node:fs');
  const vm = require('node:vm');
  const code = readFileSync(process.argv[1], 'utf8');
  const calls = [];
  const load = () => {
    const module = { exports: {} };
    const context = vm.createContext({ module, exports: module.exports, require, process, queueMicrotask });
    vm.runInContext(code, context);
    return module.exports;
  };
  for (const name of ['one', 'other']) load().listenFirst(['exit'], () => calls.push(name));
  process.on('exit', () => console.log(calls.sort().join()));
  setTimeout(() => process.exit(0), 10);
`;

it('copies of the package in several contexts of a process do not compete for the first place', async () => {
  const file = bundle(join(__dirname, '../../src/process/signal-listeners.ts'));
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', PROGRAM, file], { timeout: 20_000 });
  expect(stdout).toBe('one,other\n');
});
