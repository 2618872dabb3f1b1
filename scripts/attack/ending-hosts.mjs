// Ways in which a host ends, with listeners of its own: the run ends with the host, and the host's clean-up runs.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  attack,
  delay,
  expect,
  folder,
  host,
  isAlive,
  kill,
  on,
  pidIn,
  root,
  shellCli,
  until,
} from '../lib/attack.mjs';

/**
 * Starts a host with a run, ends it by its own code or by a signal, and looks for the CLI.
 *
 * `before` and `after` are code before and after the run is subscribed to; `cleanUp(0)` in it must have run.
 */
async function ended({ before = '', after = '', signal, expected, isCleaned = /cleanUp\(/.test(before + after) }) {
  const at = folder('host');
  const pidFile = join(at, 'pid');
  const cleaned = join(at, 'cleaned');
  const binary = shellCli(`cat > /dev/null; trap '' INT HUP QUIT; echo $$ > ${pidFile}; thread; turn; exec sleep 60`);
  const code = `const { once } = await import('node:events');
    const cleanUp = (code) => { fs.writeFileSync(cleaned, 'x'); if (code !== undefined) setTimeout(() => process.exit(code), 50); };
    ${before}
    exec$({ binary, prompt: 'x', workingDirectory: at, terminateGrace: 300 }).subscribe({ error: () => {} });
    await until(() => fs.existsSync(pidFile)); await sleep(150);
    ${after}
    await sleep(9000); say('not ended'); process.reallyExit(9);`;
  let child;
  const running = host(code, {
    args: { binary, at, pidFile, cleaned },
    timeout: 12_000,
    onStart: (started) => (child = started),
  });
  const pid = await pidIn(pidFile);
  if (signal !== undefined) {
    await delay(300);
    child.kill(signal);
  }
  const result = await running;
  const isGone = await until(() => !isAlive(pid), 2500);
  kill(pid);
  expect(isGone, 'the CLI lives');
  if (isCleaned) expect(existsSync(cleaned), "the host's own handler did not run");
  if (expected !== undefined) {
    const how = result.signal ?? result.code;
    expect(how === expected, `the host ended with ${how}, not with ${expected}`);
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const listeners = {
  'process.once': (signal) => `process.once('${signal}', () => cleanUp(0));`,
  'process.on': (signal) => `process.on('${signal}', () => cleanUp(0));`,
  prependOnceListener: (signal) => `process.prependOnceListener('${signal}', () => cleanUp(0));`,
  'events.once': (signal) => `once(process, '${signal}').then(() => cleanUp(0));`,
  fromEvent: (signal) => `rx.fromEvent(process, '${signal}').pipe(rx.take(1)).subscribe(() => cleanUp(0));`,
  'removeAllListeners in the handler': (signal) =>
    `process.on('${signal}', () => { process.removeAllListeners('${signal}'); cleanUp(0); });`,
};

const table = {};
for (const [name, listen] of Object.entries(listeners)) {
  for (const when of ['before', 'after']) {
    table[`${name}, added ${when} the run`] = async () => {
      for (const signal of signals) await ended({ [when]: listen(signal), signal, expected: 0 });
    };
  }
}

await attack(on.posix, {
  'signals without a listener end the host and its run': async () => {
    for (const signal of signals) await ended({ signal, expected: signal });
  },
  ...table,
  SIGUSR2: () => ended({ signal: 'SIGUSR2' }),
  SIGQUIT: () => ended({ signal: 'SIGQUIT' }),
  SIGALRM: () => ended({ signal: 'SIGALRM' }),
  'process.exit()': () => ended({ after: 'process.exit(3);', expected: 3 }),
  'an exit listener calls process.exit()': () =>
    ended({ before: `process.on('exit', () => process.exit(4));`, after: 'process.exit(3);', expected: 4 }),
  'an exit listener throws': () =>
    ended({ before: `process.on('exit', () => { throw new Error('x'); });`, after: 'process.exit(3);' }),
  'an uncaught exception': () => ended({ after: `setTimeout(() => { throw new Error('x'); }, 10);` }),
  'an unhandled rejection': () => ended({ after: `Promise.reject(new Error('x'));` }),
  'a worker is terminated': () =>
    ended({
      after: `const { Worker } = await import('node:worker_threads');
        const other = pidFile + '.worker';
        const worker = new Worker(
          "import('@codex-rx/core').then(({ exec$ }) => exec$(require('node:worker_threads').workerData).subscribe({ error: () => {} }))",
          { eval: true, workerData: { binary: workerBinary, prompt: 'x', workingDirectory: at } });
        await until(() => fs.existsSync(other)); await sleep(300);
        const pid = Number(fs.readFileSync(other, 'utf8'));
        const { spawnSync } = await import('node:child_process');
        // Node.js does not wait for the children of a terminated worker: they remain as zombies.
        const lives = () => /^[^Z\\s]/.test(spawnSync('ps', ['-p', String(pid), '-o', 'stat='], { encoding: 'utf8' }).stdout.trim());
        await worker.terminate(); await until(() => !lives(), 5000);
        if (lives()) { process.kill(pid, 'SIGKILL'); process.exit(7); }
        process.exit(3);`,
      before: `const workerBinary = at + '/worker-cli'; fs.writeFileSync(workerBinary, fs.readFileSync(binary, 'utf8').replaceAll(pidFile, pidFile + '.worker')); fs.chmodSync(workerBinary, 0o700);`,
      expected: 3,
      isCleaned: false,
    }),
  'a run in a test of Jest, with --forceExit': async () => {
    const at = folder('jest');
    const pidFile = join(at, 'pid');
    const binary = shellCli(`cat > /dev/null; echo $$ > ${pidFile}; thread; turn; exec sleep 60`);
    const test = `const { exec$ } = require(${JSON.stringify(join(root, 'packages/core/dist/cjs/index.js'))});
      const fs = require('node:fs');
      test('leaves a run', async () => {
        exec$(${JSON.stringify({ binary, prompt: 'x', workingDirectory: at })}).subscribe({ error: () => {} });
        while (!fs.existsSync(${JSON.stringify(pidFile)})) await new Promise((resolve) => setTimeout(resolve, 20));
      });`;
    writeFileSync(join(at, 'run.test.js'), test);
    writeFileSync(join(at, 'package.json'), '{}');
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    const args = ['--rootDir', at, '--forceExit', '--transform', '{}', '--testEnvironment', 'node'];
    const child = spawn(process.execPath, [jest, ...args], { cwd: at, stdio: 'ignore' });
    const exited = new Promise((resolve) => child.once('exit', resolve));
    const pid = await pidIn(pidFile);
    await Promise.race([exited, delay(20_000)]);
    child.kill('SIGKILL');
    const isGone = await until(() => !isAlive(pid), 2500);
    kill(pid);
    expect(isGone, 'the CLI lives');
    return readFileSync(pidFile, 'utf8').trim() && undefined;
  },
});
