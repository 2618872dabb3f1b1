// The registry of runs names what `reapOrphans()` ends and removes. Others must not control it.
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import {
  answer,
  attack,
  delay,
  expect,
  folder,
  host,
  isAlive,
  kill,
  on,
  pidIn,
  pinnedCli,
  place,
  shellCli,
  skip,
  until,
} from '../lib/attack.mjs';

const SLEEPING = 'cat > /dev/null; echo $$ > "$PID_FILE"; thread; turn; exec sleep 60';

/** Starts a host with a run, and kills the host: the record of the run stays. */
async function orphan() {
  const pidFile = join(folder('orphan'), 'pid');
  const workingDirectory = folder('workspace');
  const binary = shellCli(SLEEPING);
  let child;
  const ended = host(
    `exec$({ binary, prompt: 'x', workingDirectory, env: { PID_FILE: pidFile } }).subscribe(); await sleep(20_000);`,
    { args: { binary, workingDirectory, pidFile }, onStart: (started) => (child = started) },
  );
  const pid = await pidIn(pidFile);
  await delay(200);
  const file = recordOf(pid);
  kill(child.pid);
  await ended;
  return { pid, file, record: file && JSON.parse(readFileSync(file, 'utf8')) };
}

/** The record of a run, wherever the registry is. */
function recordOf(pid) {
  const files = readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name));
  return files.find((file) => {
    try {
      return new RegExp(`"pid":\\s*${pid}\\b`).test(readFileSync(file, 'utf8')) && file.includes('codex-rx');
    } catch {
      return false;
    }
  });
}

const reap = (timeout = 12_000) => answer('say(await reapOrphans())', { timeout });

/** Reaps with a changed record; everything else is cleaned up afterwards. */
async function withForged(change) {
  const { pid, file, record } = await orphan();
  if (file === undefined) {
    kill(pid);
    skip('there is no registry');
  }
  try {
    const forged = structuredClone(record);
    change(forged, file);
    writeFileSync(file, JSON.stringify(forged));
    await reap();
  } finally {
    kill(pid);
    rmSync(file, { force: true });
  }
}

/** A process of the user that no run started. Its group is led by it. */
function bystander() {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  child.unref();
  return child.pid;
}

const startTimeOf = (pid) => readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1).split(' ')[19];

await attack(on.linux, {
  'control: an orphaned run is reaped': async () => {
    const { pid } = await orphan();
    await reap();
    const isGone = await until(() => !isAlive(pid), 3000);
    kill(pid);
    expect(isGone, 'the run lives');
  },
  'the agent writes into the registry': async () => {
    const { pid, file } = await orphan();
    kill(pid);
    if (file === undefined) skip('there is no registry');
    const workspace = folder('workspace');
    const codexHome = folder('home');
    const code = `const script = 'echo x > ' + target + '/forged.json; ls ' + target + ' > /dev/null; echo done > here';
      const result = await collect(commands.sandbox$({ binary, command: ['sh', '-c', script], sandbox: 'workspace-write', workingDirectory: workspace, codexHome }));
      say(result instanceof Error ? String(result) : 'ran');`;
    const args = { target: dirname(file), workspace, codexHome, binary: pinnedCli() };
    const said = await answer(code, { args, timeout: 30_000 });
    rmSync(file, { force: true });
    if (!existsSync(join(workspace, 'here'))) skip(`the sandbox of the CLI does not work on this machine: ${said}`);
    expect(!existsSync(join(dirname(file), 'forged.json')), `${dirname(file)} can be written to from the sandbox`);
  },
  'the registry is readable for other users': async () => {
    const { pid, file } = await orphan();
    kill(pid);
    if (file === undefined) skip('there is no registry');
    const modes = [statSync(dirname(file)).mode, statSync(file).mode].map((mode) => mode & 0o077);
    rmSync(file, { force: true });
    expect(
      modes.every((mode) => mode === 0),
      'others have access',
    );
  },
  'a FIFO, a link to /dev/zero and an empty file are in the registry': async () => {
    const { pid, file } = await orphan();
    kill(pid);
    const at = file === undefined ? join(process.env.TMPDIR, `codex-rx-${process.getuid()}`) : dirname(file);
    mkdirSync(at, { recursive: true, mode: 0o700 });
    spawn('mkfifo', [join(at, '1-a.json')]);
    symlinkSync('/dev/zero', join(at, '1-b.json'));
    writeFileSync(join(at, '1-c.json'), '');
    await until(() => existsSync(join(at, '1-a.json')), 2000);
    try {
      await reap();
    } finally {
      for (const name of readdirSync(at)) rmSync(join(at, name), { force: true });
    }
  },
  'the temporary folder contains a registry with the pid and start time of a foreign process': async () => {
    const victim = bystander();
    const startTime = startTimeOf(victim);
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const at = join(process.env.TMPDIR, `codex-rx-${process.getuid()}`);
    mkdirSync(at, { recursive: true, mode: 0o700 });
    const run = { id: 'x', root: { pid: victim, startTime }, paths: [] };
    writeFileSync(join(at, 'a.json'), JSON.stringify({ version: 1, boot, host: { pid: 2, startTime: '1' }, run }));
    await reap();
    await delay(100);
    const lives = isAlive(victim);
    kill(victim);
    rmSync(at, { recursive: true, force: true });
    expect(lives, 'it was killed');
  },
  'a record names a foreign process with its start time': async () => {
    const victim = bystander();
    await withForged(({ run }) => Object.assign(run.root, { pid: victim, startTime: startTimeOf(victim) }));
    const lives = isAlive(victim);
    kill(victim);
    expect(lives, 'it was killed');
  },
  'a record names a group whose leader has exited': async () => {
    const pidFile = join(folder('group'), 'pid');
    const leader = spawn('sh', ['-c', `sleep 60 > /dev/null 2>&1 & echo $! > ${pidFile}; sleep 0.1`], {
      detached: true,
      stdio: 'ignore',
    });
    await new Promise((resolve) => leader.once('exit', resolve));
    const victim = await pidIn(pidFile);
    await withForged(({ run }) => Object.assign(run.root, { pid: leader.pid, startTime: '7' }));
    const lives = isAlive(victim);
    kill(victim);
    expect(lives, 'a member was killed');
  },
  'a record names paths of others': async () => {
    const precious = join(process.env.TMPDIR, 'codex-rx-AbCdEf');
    mkdirSync(join(precious, 'work'), { recursive: true });
    const cache = folder('precious');
    await withForged(({ run }) => (run.paths = [precious, cache, process.env.HOME]));
    const areKept = [precious, cache, process.env.HOME].map((path) => existsSync(path));
    mkdirSync(process.env.HOME, { recursive: true });
    expect(
      areKept.every((isKept) => isKept),
      'a folder was removed',
    );
  },
  'a record is of another process namespace or machine': async () => {
    const { pid, file, record } = await orphan();
    if (file === undefined) skip('there is no registry');
    const text = JSON.stringify(record);
    const foreign = text.replace(/pid:\[\d+\]/g, 'pid:[1]');
    if (foreign === text) {
      kill(pid);
      rmSync(file, { force: true });
      throw new Error('a record does not name its namespace');
    }
    writeFileSync(file, foreign);
    await reap();
    const lives = isAlive(pid);
    const isKept = existsSync(file);
    kill(pid);
    rmSync(file, { force: true });
    expect(lives, 'a run of another namespace was ended');
    expect(isKept, 'its record was forgotten');
  },
  'two namespaces share their folders': async () => {
    // The second host sees other pids: the living run of the first one must keep its folder.
    const pidFile = join(folder('shared'), 'pid');
    const binary = shellCli(
      'cat > /dev/null; echo $$ > "$PID_FILE"; pwd > "$PID_FILE.cwd"; thread; turn; exec sleep 60',
    );
    const code = `const subscription = exec$({ binary, prompt: 'x', env: { PID_FILE: pidFile } }).subscribe({ error: () => {} });
      await sleep(9000); subscription.unsubscribe(); await whenIdle(); say(1);`;
    const first = host(code, { args: { binary, pidFile }, timeout: 20_000 });
    const pid = await pidIn(pidFile);
    await delay(300);
    const cwd = readFileSync(`${pidFile}.cwd`, 'utf8').trim();
    const wrap = ['unshare', '--pid', '--fork', '--mount-proc'];
    const second = await host('say(await reapOrphans())', { wrap, timeout: 8000 });
    const result = { lives: isAlive(pid), hasFolder: existsSync(cwd) };
    await first;
    if (second.values.length === 0) skip(`no pid namespace: ${second.stderr.slice(0, 80)}`);
    expect(result.lives && result.hasFolder, `the living run lost ${result.lives ? 'its folder' : 'its process'}`);
  },
});
