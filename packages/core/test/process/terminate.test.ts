import { platform } from '../../src/process/platform/index.js';
import { RunProcesses } from '../../src/process/run-processes.js';
import { sweep, sweepSync } from '../../src/process/sweep.js';
import { exitWithin, terminate } from '../../src/process/terminate.js';

const immortal = { pid: 2 ** 22 + 7, ppid: 1, pgid: 2 ** 22 + 7, startTime: '1' };

describe('what cannot be ended', () => {
  let processes: RunProcesses;
  beforeEach(() => {
    processes = new RunProcesses({ pid: 2 ** 22 + 8, startTime: '1' }, 'run');
    jest.spyOn(processes, 'survivors').mockReturnValue([immortal]);
    jest.spyOn(platform, 'kill').mockReturnValue(true);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('is told by sweep, after a bounded number of rounds', async () => {
    expect(await sweep(processes, { includeDetached: true })).toEqual([immortal.pid]);
    expect(jest.mocked(platform.kill).mock.calls.length).toBeLessThan(20);
  });

  it('does not hold an exiting host', () => {
    sweepSync(processes);
    expect(jest.mocked(platform.kill).mock.calls.length).toBeLessThan(20);
  });

  it('does not hold a termination: every step is taken, and the answer tells', async () => {
    const signals: string[] = [];
    const root = { processes, exited: new Promise(() => undefined), hasExited: () => false };
    const left = await terminate(root, {
      grace: 10,
      includeDetached: true,
      onSignal: (signal, to) => signals.push(`${signal} ${to}`),
    });
    expect(signals).toEqual(['SIGINT root', 'SIGTERM group', 'SIGKILL group']);
    expect(left).toEqual([immortal.pid]);
  });
});

describe('terminate', () => {
  it('takes no further step once the process is gone', async () => {
    let isGone = false;
    const processes = new RunProcesses({ pid: 2 ** 22 + 8, startTime: '1' }, 'run');
    const note = jest.spyOn(processes, 'snapshotDescendants').mockReturnValue();
    const signals: string[] = [];
    const exited = Promise.resolve().then(() => {
      isGone = true;
    });
    await terminate(
      { processes, exited, hasExited: () => isGone },
      { grace: 10_000, includeDetached: false, onSignal: (signal) => signals.push(signal) },
    );
    expect(signals).toEqual(['SIGINT']);
    expect(note).toHaveBeenCalledTimes(1);
  });

  it('notes what the process has started before each step, and never after it is gone', async () => {
    const order: string[] = [];
    let exit: () => void = () => undefined;
    const exited = new Promise<void>((resolve) => (exit = resolve));
    const processes = new RunProcesses({ pid: 2 ** 22 + 8, startTime: '1' }, 'run');
    let isGone = false;
    jest.spyOn(processes, 'snapshotDescendants').mockImplementation(() => order.push('note'));
    jest.spyOn(processes, 'signal').mockImplementation((signal) => {
      order.push(signal);
      if (signal === 'SIGTERM') {
        isGone = true;
        exit();
      }
      return true;
    });
    await terminate(
      { processes, exited, hasExited: () => isGone },
      { grace: 10, includeDetached: false, onSignal: () => undefined },
    );
    expect(order).toEqual(['note', 'SIGINT', 'note', 'SIGTERM']);
    jest.restoreAllMocks();
  });
});

it('exitWithin leaves no timer behind', async () => {
  jest.useFakeTimers();
  await exitWithin({ exited: Promise.resolve(), hasExited: () => false }, 60_000);
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});
