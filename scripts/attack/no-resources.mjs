// A host without free descriptors, processes, disk space or /proc must still end its runs, or say that it could not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { attack, expect, folder, host, isAlive, kill, on, pidIn, shellCli, skip, until } from '../lib/attack.mjs';

/** Ends of a run, as code of its host. `subscription` is there, and the CLI sleeps. */
const ENDS = {
  unsubscribe: 'subscription.unsubscribe();',
  timeout: '',
  abort: 'controller.abort();',
  exit: 'process.exit(0);',
  sigterm: `process.kill(process.pid, 'SIGTERM');`,
};

async function end(how, { wrap, isFull = false, command = false, timeout = how === 'timeout' ? 2500 : 0 }) {
  const at = folder('run');
  const pidFile = join(at, 'pid');
  const binary = shellCli(`echo $$ > ${pidFile}; thread; turn; exec sleep 60`);
  const code = `
    process.on('unhandledRejection', (error) => { say('unhandled: ' + error?.message); });
    const controller = new AbortController();
    const options = { binary, workingDirectory: at, terminateGrace: 300, signal: controller.signal };
    const source$ = command ? commands.command$({ ...options, args: ['x'] }) : exec$({ ...options, prompt: 'x', timeout });
    const subscription = source$.subscribe({ error: (error) => say(error.code + ': ' + error.message) });
    await until(() => fs.existsSync(pidFile));
    await sleep(300);
    const taken = [];
    if (isFull) try { for (;;) taken.push(fs.openSync('/dev/null', 'r')); } catch {}
    ${ENDS[how]}
    await sleep(4000);
    for (const descriptor of taken) fs.closeSync(descriptor);
    await sleep(2500);
    say('alive'); process.reallyExit(0);`;
  let ended;
  const running = host(code, { args: { at, pidFile, binary, command, timeout, isFull }, wrap, timeout: 16_000 });
  const pid = await pidIn(pidFile).catch(() => undefined);
  if (pid === undefined) {
    ended = await running;
    skip(`the host did not start: ${ended.stderr.trim().split('\n').at(-1)}`);
  }
  const isGone = await Promise.race([until(() => !isAlive(pid), 15_000), running.then(() => undefined)]);
  ended = await running;
  const lives = isGone !== true && isAlive(pid);
  kill(pid);
  const rejections = ended.values.filter((value) => String(value).startsWith('unhandled'));
  expect(rejections.length === 0, String(rejections[0]));
  const isSaid = ended.values.some((value) => /still|could not|not be|remain/i.test(String(value)));
  expect(!lives || isSaid, `the CLI lives${ended.values.length > 0 ? `; said: ${ended.values[0]}` : ''}`);
  expect(!lives, `the CLI lives, which the error says: ${ended.values[0]}`);
}

const few = ['sh', '-c', 'ulimit -n 200; exec "$@"', 'sh'];
const noProc = ['unshare', '-m', 'sh', '-c', 'mount -t tmpfs none /proc; exec "$@"', 'sh'];
const full = { wrap: few, isFull: true };

function withoutProc(how) {
  if (process.getuid() !== 0) skip('only root can hide /proc');
  return end(how, { wrap: noProc });
}

await attack(on.linux, {
  'no descriptor is free: unsubscribe': () => end('unsubscribe', full),
  'no descriptor is free: timeout': () => end('timeout', full),
  'no descriptor is free: abort': () => end('abort', full),
  'no descriptor is free: process.exit()': () => end('exit', full),
  'no descriptor is free: SIGTERM to the host': () => end('sigterm', full),
  'no descriptor is free: a command is unsubscribed': () => end('unsubscribe', { ...full, command: true }),
  'no /proc: unsubscribe': () => withoutProc('unsubscribe'),
  'no /proc: timeout': () => withoutProc('timeout'),
  'no /proc: process.exit()': () => withoutProc('exit'),
  'the disk is full': async () => {
    if (process.getuid() !== 0) skip('only root can mount a small disk');
    const tmp = folder('small');
    const wrap = ['unshare', '-m', 'sh', '-c', `mount -t tmpfs -o size=64k none ${tmp}; exec "$@"`, 'sh'];
    const binary = shellCli(
      'cat > /dev/null; thread; turn; i=0; while [ $i -lt 2000 ]; do say aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; i=$((i+1)); done; done_',
    );
    const code = `const results = [];
      for (const more of [{ eventLog: tmp + '/log' }, { lines: teeLines(tmp + '/tee', { onError: 'ignore' }) }, { lines: teeLines(tmp + '/tee2') }, { workingDirectory: undefined, outputSchema: {} }]) {
        const result = await collect(exec$({ binary, prompt: 'x', workingDirectory: '/', timeout: 10_000, ...more }));
        results.push(result instanceof Error ? result.code ?? 'untyped ' + result.message : 'ran');
      }
      await whenIdle(); say(results);`;
    const { values, stderr, isFrozen } = await host(code, {
      args: { binary, tmp },
      env: { TMPDIR: tmp },
      wrap,
      timeout: 40_000,
    });
    expect(!isFrozen && values.length > 0, `the host failed: ${stderr.trim().split('\n').slice(0, 5).join(' ')}`);
    expect(!/untyped/.test(values[0].join()), values[0].join(', '));
    return values[0].join(', ');
  },
  'many runs and many processes: process.exit() is fast': async () => {
    const at = folder('many');
    const binary = shellCli(
      `cat > /dev/null; thread; turn; i=0; while [ $i -lt 8 ]; do sleep 60 & i=$((i+1)); done; echo x > ${at}/$$; exec sleep 60`,
    );
    const code = `for (let count = 0; count < 40; count += 1) exec$({ binary, prompt: 'x', workingDirectory: at }).subscribe({ error: () => {} });
      await until(() => fs.readdirSync(at).length === 40, 20_000);
      fs.writeFileSync(at + '.time', String(Date.now())); process.exit(0);`;
    const { isFrozen } = await host(code, { args: { binary, at }, timeout: 40_000 });
    const took = Date.now() - Number(readFileSync(`${at}.time`, 'utf8'));
    expect(!isFrozen && took < 5000, `it took ${took} ms`);
    return `${took} ms for 40 runs with 360 processes`;
  },
});
