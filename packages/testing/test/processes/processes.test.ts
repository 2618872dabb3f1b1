import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { findProcesses, isAlive, livingPids, waitUntil } from '../../src/processes/index.js';

describe('processes', () => {
  const started: ChildProcess[] = [];
  const shell = (script: string, env?: NodeJS.ProcessEnv) => {
    const child = spawn('/bin/sh', ['-c', script], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, ...env },
    });
    started.push(child);
    return child;
  };
  const pidOf = (child: ChildProcess) => child.pid ?? 0;

  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  it('isAlive distinguishes a running process from one that has exited', async () => {
    const child = shell('exec sleep 300');
    expect(isAlive(pidOf(child))).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(pidOf(child))).toBe(false);
  });

  it('isAlive returns false for a zombie', async () => {
    // The shell becomes a `sleep`, which never reaps the child that it inherits.
    const parent = shell('exec 3<&0; cat <&3 & echo $!; exec sleep 300');
    const [output] = (await once(parent.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    await waitUntil(() => readFileSync(`/proc/${pidOf(parent)}/comm`, 'utf8') === 'sleep\n');
    parent.stdin.end();
    const zombie = Number(output.toString());
    await waitUntil(() => !isAlive(zombie));
    expect(() => process.kill(zombie, 0)).not.toThrow();
  });

  /** Ends the main thread by the `exit` system call while another thread sleeps. */
  const headless =
    'import ctypes,threading,time; threading.Thread(target=time.sleep,args=(300,)).start(); ' +
    'ctypes.CDLL(None).syscall(60,0)';
  const hasPython = process.platform === 'linux' && process.arch === 'x64' && spawnSync('python3', ['-V']).status === 0;

  // The rule does not recognize a conditional `it`.
  /* eslint-disable jest/no-standalone-expect */
  (hasPython ? it : it.skip)('isAlive and findProcesses see a process whose main thread has ended', async () => {
    const child = shell(`exec python3 -c '${headless}'`, { CODEX_RX_MARK: 'headless' });
    const state = () => readFileSync(`/proc/${pidOf(child)}/stat`, 'latin1').replace(/^.*\) /s, '')[0];
    await waitUntil(() => state() === 'Z');
    expect(isAlive(pidOf(child))).toBe(true);
    expect(livingPids([pidOf(child)])).toEqual([pidOf(child)]);
    expect(findProcesses('CODEX_RX_MARK', 'headless')).toEqual([pidOf(child)]);
    child.kill('SIGKILL');
    await waitUntil(() => !isAlive(pidOf(child)));
  });

  /* eslint-enable jest/no-standalone-expect */

  it('livingPids returns the pids that are alive', async () => {
    const [living, dead] = [shell('exec sleep 300'), shell('exit 0')];
    await once(dead, 'exit');
    expect(livingPids([pidOf(dead), pidOf(living)])).toEqual([pidOf(living)]);
  });

  it('findProcesses finds living processes by a variable of their environment', async () => {
    const one = shell('exec sleep 300', { CODEX_RX_MARK: 'a=b' });
    const other = shell('exec sleep 300', { CODEX_RX_MARK: 'c' });
    const find = async (value: string | undefined, pids: number[]) =>
      waitUntil(() => String(findProcesses('CODEX_RX_MARK', value).sort()) === String(pids.sort()));
    await find('a=b', [pidOf(one)]);
    await find(undefined, [pidOf(one), pidOf(other)]);
    expect(findProcesses('CODEX_RX_MARK', 'a')).toEqual([]);
    expect(findProcesses('CODEX_RX_MAR')).toEqual([]);
  });

  it('waitUntil resolves to the first truthy value', async () => {
    let calls = 0;
    const value = await waitUntil(() => (++calls === 3 ? `call ${String(calls)}` : ''));
    expect(value).toBe('call 3');
  });

  it('waitUntil rejects at its deadline with the predicate and its last value', async () => {
    await expect(waitUntil(() => Promise.resolve(0), 30)).rejects.toThrow(
      /^Timed out after 30 ms: .*Promise\.resolve\(0\).*last value: 0/s,
    );
  });
});
