import { readFileSync } from 'node:fs';
import { type FakeStep, fakeCodex } from '../../src/fake/index.js';
import { findProcesses, isAlive, livingPids, waitUntil } from '../../src/processes/index.js';
import { disposeAll } from '../../src/util/open-resources.js';
import { onlyInvocation } from '../helpers/only-invocation.js';
import { run, start } from '../helpers/start-fake.js';

afterEach(() => {
  disposeAll();
});

describe('spawn steps of a fake', () => {
  const spawnStep = (kind: 'child' | 'holdsStdout' | 'setsid' | 'daemon', ignoreSignals = false): FakeStep => ({
    spawn: { kind, seconds: 300, ignoreSignals },
  });
  const groupOf = (pid: number) => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2]);
  const parentOf = (pid: number) => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);

  it('report the pids of living processes before the next step', async () => {
    const fake = fakeCodex([
      spawnStep('child'),
      spawnStep('setsid'),
      spawnStep('daemon'),
      { line: 'ready' },
      { hang: true },
    ]);
    const child = start(fake, [], { detached: true, env: { ...process.env, CODEX_RX_RUN_ID: 'run-of-this-test' } });
    child.stdin?.end();
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    const { children, pid } = onlyInvocation(fake);
    expect(children.map(({ kind }) => kind)).toEqual(['child', 'setsid', 'daemon']);
    const pids = children.map((each) => each.pid);
    expect(livingPids(pids)).toEqual(pids);
    expect(pids.map((each) => groupOf(each) === pid)).toEqual([true, false, false]);
    expect(pids.map((each) => parentOf(each) === pid)).toEqual([true, true, false]);
    expect(findProcesses('CODEX_RX_RUN_ID', 'run-of-this-test').sort()).toEqual([pid, ...pids].sort());
    await fake.dispose();
    expect(livingPids([pid, ...pids])).toEqual([]);
  });

  it('keep the pipes open with holdsStdout', async () => {
    const fake = fakeCodex([spawnStep('holdsStdout'), { line: 'last' }]);
    const child = start(fake);
    child.stdin?.end();
    let closed = false;
    child.once('close', () => (closed = true));
    child.stdout?.resume();
    child.stderr?.resume();
    await new Promise((resolve) => child.once('exit', resolve));
    expect(closed).toBe(false);
    await fake.dispose();
    await waitUntil(() => closed);
  });

  it('start processes that ignore signals', async () => {
    const fake = fakeCodex([spawnStep('setsid', true), spawnStep('daemon', true), spawnStep('child')]);
    await run(fake);
    const [session, daemon, child] = onlyInvocation(fake).children.map(({ pid }) => pid) as [number, number, number];
    // The shell sets its traps before it becomes `sleep`.
    await waitUntil(() => [session, daemon].every((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8') === 'sleep\n'));
    for (const pid of [session, daemon, child]) process.kill(pid, 'SIGTERM');
    await waitUntil(() => !isAlive(child));
    expect(livingPids([session, daemon])).toEqual([session, daemon]);
  });
});
