import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import crossSpawn from 'cross-spawn';
import { spawnChild } from '../../src/process/child.js';
import { type ProcessPlatform, platform } from '../../src/process/platform/index.js';
import { posix } from '../../src/process/platform/posix.js';
import { win32 } from '../../src/process/platform/win32.js';
import { RunProcesses } from '../../src/process/run-processes.js';
import { sweepSync } from '../../src/process/sweep.js';
import { terminate } from '../../src/process/terminate.js';

jest.mock('cross-spawn');

const own = { ...platform };
/** Lets the package believe that it runs on another system. */
function pretend(other: ProcessPlatform): void {
  Object.assign(platform, other);
}
beforeEach(async () => {
  // Listings are shared by those who ask in the same moment.
  await delay(5);
});
afterEach(() => {
  Object.assign(platform, own);
  jest.restoreAllMocks();
});

const ROOT = 4_200_000;
const root = { pid: ROOT, startTime: 'Mon Nov 23 01:00:00 2026' };

function spawned(pid: number): void {
  const child = Object.assign(new EventEmitter(), {
    pid,
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    unref: () => undefined,
  });
  jest.mocked(crossSpawn).mockReturnValue(child as unknown as ReturnType<typeof crossSpawn>);
}
const start = () =>
  spawnChild(
    { binary: 'C:\\codex\\codex.cmd', argv: ['exec', '-'], cwd: __dirname, env: {}, stdin: 'hi', runId: 'run' },
    () => undefined,
  );

/** Simulates macOS: `ps` lists the `living` processes, and the sent signals are recorded. */
function mac(
  living: Map<number, { ppid: number; pgid: number; startTime: string }>,
  dies: (signal: string) => boolean,
) {
  const sent: string[] = [];
  const line = (pid: number): string => {
    const one = living.get(pid);
    return one === undefined ? '' : `${pid} ${one.ppid} ${one.pgid} S ${one.startTime}`;
  };
  const kill = (pid: number, signal: NodeJS.Signals): boolean => {
    sent.push(`${signal} ${pid}`);
    const targets = pid < 0 ? [...living].filter(([, { pgid }]) => pgid === -pid).map(([member]) => member) : [pid];
    if (dies(signal)) {
      for (const target of targets) {
        living.delete(target);
        // The children of the dead are adopted.
        for (const child of living.values()) if (child.ppid === target) child.ppid = 1;
      }
    }
    return targets.length > 0;
  };
  const ps = (args: readonly string[]): string =>
    args[0] === '-p'
      ? line(Number(args[1]))
      : [...[...living.keys()].map(line), `${process.pid} 1 ${process.pid} S ${root.startTime}`].join('\n');
  return { sent, platform: { ...posix(ps), kill } };
}

const at = (ppid: number, pgid: number, startTime = root.startTime) => ({ ppid, pgid, startTime });
const target = (living: Map<number, unknown>) => ({
  processes: new RunProcesses(root, 'run'),
  exited: (async () => {
    while (living.has(ROOT)) await delay(2);
  })(),
  hasExited: () => !living.has(ROOT),
});
const quiet = { grace: 30, includeDetached: true, onSignal: () => undefined };

describe('on macOS', () => {
  it('what left the group is ended by what ps showed while the root lived', async () => {
    const living = new Map([
      [ROOT, at(1, ROOT)],
      [ROOT + 1, at(ROOT, ROOT)],
      [ROOT + 2, at(ROOT + 1, ROOT + 2)],
      [1_000, at(1, 1_000)],
    ]);
    const { sent, platform: other } = mac(living, (signal) => signal === 'SIGKILL');
    pretend(other);
    expect(await terminate(target(living), quiet)).toEqual([]);
    expect(sent.slice(0, 3)).toEqual([`SIGINT ${ROOT}`, `SIGTERM -${ROOT}`, `SIGKILL -${ROOT}`]);
    expect(sent).toContain(`SIGKILL ${ROOT + 2}`);
    expect([...living.keys()]).toEqual([1_000]);
  });

  it('a process that got the number of a noted one is left alone', async () => {
    const living = new Map([
      [ROOT, at(1, ROOT)],
      [ROOT + 1, at(ROOT, ROOT + 1)],
    ]);
    const { sent, platform: other } = mac(living, (signal) => {
      // Its child has exited meanwhile, and an unrelated process starts with its pid.
      living.set(ROOT + 1, at(1, ROOT + 1, 'Mon Nov 23 02:00:00 2026'));
      return signal === 'SIGINT';
    });
    pretend(other);
    expect(await terminate(target(living), quiet)).toEqual([]);
    expect(sent).toEqual([`SIGINT ${ROOT}`]);
    expect([...living.keys()]).toEqual([ROOT + 1]);
  });

  it('a process is started in a group of its own', async () => {
    pretend({ ...posix(() => ''), kill: () => true });
    spawned(ROOT);
    (await start()).release();
    expect(crossSpawn).toHaveBeenCalledWith(
      'C:\\codex\\codex.cmd',
      ['exec', '-'],
      expect.objectContaining({ detached: true, windowsHide: true, stdio: ['pipe', 'pipe', 'pipe'] }),
    );
  });
});

describe('on Windows', () => {
  const SYSTEM = 'C:\\Windows';
  const taskkill = (pid: number) => [join(SYSTEM, 'System32', 'taskkill.exe'), ['/PID', String(pid), '/T', '/F']];

  it('a termination is one step: the whole tree, by taskkill', async () => {
    const living = new Map([[ROOT, at(1, 0)]]);
    const run = jest.fn(() => living.delete(ROOT));
    pretend(win32(run, SYSTEM));
    const signals: string[] = [];
    const steps = { ...quiet, onSignal: (signal: string, to: string) => signals.push(`${signal} ${to}`) };
    expect(await terminate(target(living), steps)).toEqual([]);
    expect(run.mock.calls).toEqual([taskkill(ROOT)]);
    expect(signals).toEqual(['SIGKILL group']);
  });

  it('a termination ends although taskkill does not help', async () => {
    const run = jest.fn();
    pretend(win32(run, SYSTEM));
    const stubborn = {
      processes: new RunProcesses(root, 'run'),
      exited: new Promise(() => undefined),
      hasExited: () => false,
    };
    expect(await terminate(stubborn, quiet)).toEqual([ROOT]);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('an exiting host ends the tree, and has nothing to sweep', () => {
    const run = jest.fn();
    pretend(win32(run, SYSTEM));
    const processes = new RunProcesses(root, 'run');
    processes.snapshotDescendants();
    processes.signal('SIGKILL', 'group');
    sweepSync([processes]);
    expect(run.mock.calls).toEqual([taskkill(ROOT)]);
  });

  it('a process is started without a window, and in no group: it would get a console of its own', async () => {
    pretend(win32(jest.fn(), SYSTEM));
    spawned(ROOT);
    const child = await start();
    child.release();
    expect(crossSpawn).toHaveBeenLastCalledWith(
      'C:\\codex\\codex.cmd',
      ['exec', '-'],
      expect.objectContaining({ detached: false, windowsHide: true }),
    );
    // cross-spawn chooses cmd.exe for a .cmd, and quotes for it; a shell of Node's would not quote.
    expect(jest.mocked(crossSpawn).mock.lastCall?.[2]).not.toHaveProperty('shell');
  });

  it('a process that cannot be watched over is ended as a tree', async () => {
    const run = jest.fn();
    pretend(win32(run, SYSTEM));
    spawned(ROOT);
    const failing = (): void => {
      throw new Error('cannot be tracked');
    };
    const spec = { binary: 'codex.exe', argv: [], cwd: __dirname, env: {}, stdin: undefined, runId: 'run' };
    await expect(spawnChild(spec, failing)).rejects.toThrow('cannot be tracked');
    expect(run.mock.calls).toEqual([taskkill(ROOT)]);
  });
});
