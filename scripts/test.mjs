// Runs jest in a network namespace that has loopback only, where the system allows it: older CLIs look names up at start, and no test
// may depend on a network. Where it does not (macOS, Windows, a container without the right), the tests run without one.
//   npm test -- <arguments of jest>
import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';

const packageRoot = dirname(createRequire(import.meta.url).resolve('jest/package.json'));
const jest = [
  process.execPath,
  join(packageRoot, 'bin', 'jest.js'),
  '--reporters=default',
  '--reporters=<rootDir>/scripts/summary-reporter.mjs',
  ...process.argv.slice(2),
];

/** How to enter such a namespace: as root directly, else as root of a user namespace. */
const candidates = [
  ['unshare', '--net'],
  ['unshare', '--user', '--map-root-user', '--net'],
];
const bringUp = '(ip link set lo up || ifconfig lo up) 2>/dev/null';

const isUsable = (enter) =>
  process.platform === 'linux' &&
  spawnSync(enter[0], [...enter.slice(1), 'sh', '-c', bringUp], { stdio: 'ignore' }).status === 0;

const enter = candidates.find(isUsable);
const [command, ...args] = enter === undefined ? jest : [...enter, 'sh', '-c', `${bringUp}; exec "$@"`, 'sh', ...jest];
if (enter === undefined) process.stderr.write('No loopback-only network namespace here: the tests run without one.\n');

const child = spawn(command, args, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
