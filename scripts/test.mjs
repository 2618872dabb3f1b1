// Runs jest in a network namespace that has loopback only, where the system allows it: older CLIs look names up at
// start, and no test may depend on a network. Where it does not (macOS, Windows, a container without the right), the
// tests run without one.
//   npm test -- <arguments of jest>
//   npm run test:all -- <arguments of jest>    with the thorough tests
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { inLoopbackOnly, isLoopbackOnly } from './loopback-only.mjs';

const given = process.argv.slice(2);
if (given[0] === '--all') {
  process.env.TEST_ALL = '1';
  given.shift();
}
const packageRoot = dirname(createRequire(import.meta.url).resolve('jest/package.json'));
const jest = [
  process.execPath,
  join(packageRoot, 'bin', 'jest.js'),
  // First, and each with its `=`: an option that takes several values would swallow the paths after it.
  ...given,
  '--reporters=default',
  `--reporters=${join(import.meta.dirname, 'summary-reporter.mjs')}`,
];

const enclosed = isLoopbackOnly() ? jest : inLoopbackOnly(jest);
if (enclosed === undefined) {
  process.stderr.write('No loopback-only network namespace here: the tests run without one.\n');
}
const [command, ...args] = enclosed ?? jest;
const child = spawn(command, args, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
