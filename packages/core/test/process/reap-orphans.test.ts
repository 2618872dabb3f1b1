import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { isAlive, waitUntil } from '@codex-rx/testing/processes';
import { findOrphans } from '../../src/process/find-orphans.js';
import { reapOrphans } from '../../src/process/reap-orphans.js';
import { registerRun } from '../../src/process/registry.js';
import { createRunId } from '../../src/process/run-id.js';

const onLinux = process.platform === 'linux' ? describe : describe.skip;
const DAY_MS = 24 * 60 * 60 * 1_000;
const NOBODY = 2 ** 22 + 9;

interface Record {
  host: { pid: number; startTime: string; hostName: string; boot: string; pidNamespace: string };
  run: { id: string; root: { pid: number; startTime: string }; paths: string[] };
}

let folder: string;
let warnings: jest.SpyInstance;
const before = process.env.XDG_STATE_HOME;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'rx-reap-'));
  process.env.XDG_STATE_HOME = folder;
  warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  process.env.XDG_STATE_HOME = before;
  rmSync(folder, { recursive: true, force: true });
});

const records = (): string[] => readdirSync(join(folder, 'codex-rx', 'runs'));

/** Records a run of a host that has exited; `change` overrides fields. Returns the path of its temporary folder. */
function record(
  id: string,
  root: { pid: number; startTime: string },
  change: (record: Record) => void = () => undefined,
) {
  const path = join(folder, `codex-rx-${id}`);
  mkdirSync(join(path, 'work'), { recursive: true });
  registerRun({ id, root, paths: [path] });
  const file = join(folder, 'codex-rx', 'runs', `${id}.json`);
  const content = JSON.parse(readFileSync(file, 'utf8')) as Record;
  content.host.pid = NOBODY;
  change(content);
  writeFileSync(file, JSON.stringify(content));
  return { path, file };
}

async function sleeper(runId?: string): Promise<{ pid: number; startTime: string }> {
  const env = { ...process.env, ...(runId === undefined ? {} : { CODEX_RX_RUN_ID: runId }) };
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore', env });
  children.push(child);
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  await waitUntil(() => readFileSync(`/proc/${pid}/cmdline`, 'latin1').startsWith('sleep'));
  return { pid, startTime: readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ')[19] ?? '' };
}

onLinux('reapOrphans()', () => {
  it('kills the process of a run by pid, start time and run id, and removes its folder and its record', async () => {
    const id = createRunId();
    const root = await sleeper(`outer/${id}`);
    const { path } = record(id, root);
    expect(findOrphans()).toEqual([{ runId: id, pid: root.pid, isAlive: true, processes: [] }]);
    expect(isAlive(root.pid)).toBe(true);
    expect(await reapOrphans()).toEqual([{ runId: id, pid: root.pid, wasAlive: true, left: [] }]);
    expect(isAlive(root.pid)).toBe(false);
    expect(existsSync(path)).toBe(false);
    expect(records()).toEqual([]);
  });

  it('spares a process without the id of the run, although pid and start time are those of the record', async () => {
    const root = await sleeper();
    const other = await sleeper(createRunId());
    record(createRunId(), root);
    record(createRunId(), other);
    expect(findOrphans()).toEqual([]);
    expect(await reapOrphans()).toMatchObject([{ wasAlive: false }, { wasAlive: false }]);
    expect([root, other].map(({ pid }) => isAlive(pid))).toEqual([true, true]);
  });

  it('spares a process with another start time, although it has the id of the run in a group of the record', async () => {
    const root = await sleeper();
    record(createRunId(), { ...root, startTime: '7' });
    await reapOrphans();
    expect(isAlive(root.pid)).toBe(true);
  });

  it('spares the members of a group whose leader has exited, and kills those with the id of the run', async () => {
    const id = createRunId();
    const script = 'sleep 60 & echo $!; CODEX_RX_RUN_ID=$0 sleep 60 & echo $!';
    const leader = spawn('sh', ['-c', `${script}; exec >&-; exit`, id], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let text = '';
    leader.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(leader, 'exit');
    const [foreign = 0, own = 0] = await waitUntil(() => {
      const pids = text.trim().split('\n').map(Number);
      return pids.length === 2 ? pids : undefined;
    });
    try {
      record(id, { pid: leader.pid ?? 0, startTime: '7' });
      expect(findOrphans()).toMatchObject([{ runId: id, isAlive: false, processes: [own] }]);
      expect(await reapOrphans()).toMatchObject([{ wasAlive: false, left: [] }]);
      expect([foreign, own].map(isAlive)).toEqual([true, false]);
    } finally {
      process.kill(foreign, 'SIGKILL');
    }
  });

  it('spares runs of living hosts, and of hosts that are not visible', async () => {
    const id = createRunId();
    const root = await sleeper(id);
    const host = await sleeper();
    record(id, root, (one) => Object.assign(one.host, host));
    expect(await reapOrphans()).toEqual([]);
    record(createRunId(), root, (one) => Object.assign(one.host, { ...host, startTime: '' }));
    expect(await reapOrphans()).toEqual([]);
    expect(records()).toHaveLength(2);
    expect(isAlive(root.pid)).toBe(true);
  });

  const age = (file: string, ms: number): void => {
    const seconds = (Date.now() - ms) / 1_000;
    utimesSync(file, seconds, seconds);
  };

  it.each<[string, Partial<Record['host']>]>([
    ['of another container', { pidNamespace: 'pid:[1]' }],
    ['of another machine', { hostName: 'elsewhere' }],
    ['of another machine with its own boot id', { hostName: 'elsewhere', boot: 'b' }],
  ])('never touches runs %s; forgets their records after a month', async (_where, place) => {
    const id = createRunId();
    const root = await sleeper(id);
    const { path, file } = record(id, root, (one) => Object.assign(one.host, place));
    age(file, 29 * DAY_MS);
    expect(await reapOrphans()).toEqual([]);
    expect(records()).toHaveLength(1);
    age(file, 31 * DAY_MS);
    expect(await reapOrphans()).toEqual([]);
    expect(records()).toEqual([]);
    expect(existsSync(path)).toBe(true);
    expect(isAlive(root.pid)).toBe(true);
    expect(warnings).not.toHaveBeenCalled();
  });

  it('removes folders of runs from before a restart of the system a day later, and kills nothing', async () => {
    const id = createRunId();
    const root = await sleeper(id);
    const { path, file } = record(id, root, (one) => Object.assign(one.host, { boot: 'earlier' }));
    expect(await reapOrphans()).toEqual([]);
    expect(existsSync(path)).toBe(true);
    age(file, 2 * DAY_MS);
    expect(await reapOrphans()).toMatchObject([{ runId: id, wasAlive: false }]);
    expect(existsSync(path)).toBe(false);
    expect(isAlive(root.pid)).toBe(true);
  });

  it('reports records that cannot be trusted, and does nothing that they say', async () => {
    const root = await sleeper();
    const other = join(folder, `codex-rx-${createRunId()}`);
    mkdirSync(other);
    record(createRunId(), root, (one) => (one.run.paths = [other]));
    record(createRunId(), { pid: 1, startTime: '1' });
    expect(await reapOrphans()).toEqual([]);
    expect(warnings).toHaveBeenCalledTimes(2);
    expect(warnings).toHaveBeenCalledWith(
      expect.stringMatching(/^reapOrphans\(\) ignores .*which cannot be trusted/),
      ...(warnings.mock.calls[0] as unknown[]).slice(1),
    );
    expect(existsSync(other)).toBe(true);
    expect(isAlive(root.pid)).toBe(true);
  });

  it('is off without a private folder, and warns', async () => {
    writeFileSync(join(folder, 'codex-rx'), '');
    expect(await reapOrphans()).toEqual([]);
    expect(warnings).toHaveBeenCalledWith(expect.stringMatching(/^reapOrphans\(\) is off/), expect.anything());
  });
});
