import { platform } from '../../src/process/platform/index.js';
import { RunProcesses } from '../../src/process/run-processes.js';
import { sweep, sweepSync } from '../../src/process/sweep.js';
import { exitWithin, terminate } from '../../src/process/terminate.js';

const immortal = { pid: 2 ** 22 + 7, ppid: 1, pgid: 2 ** 22 + 7, startTime: '1' };

describe('what cannot be ended', () => {
  let processes: RunProcesses;
  beforeEach(() => {
    processes = new RunProcesses({ pid: 2 ** 22 + 8, startTime: '1' }, 'run');
    jest.spyOn(processes, 'survivors').mockReturnValue({ processes: [immortal], isComplete: true, isStable: true });
    jest.spyOn(platform, 'kill').mockReturnValue(true);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('is told by sweep, after a bounded number of rounds', async () => {
    expect(await sweep(processes, { includeDetached: true })).toEqual([immortal.pid]);
    expect(jest.mocked(platform.kill).mock.calls.length).toBeLessThan(30);
  });

  it('does not hold an exiting host', () => {
    expect([...sweepSync([processes])]).toEqual([processes]);
    expect(jest.mocked(platform.kill).mock.calls.length).toBeLessThan(30);
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
    expect(left).toEqual([2 ** 22 + 8, immortal.pid]);
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

describe('terminate, with a process that drops signals', () => {
  /** A root that exits at the given SIGINT. */
  const target = (exitsAt: number) => {
    const sent: string[] = [];
    const reported: string[] = [];
    let exit: () => void = () => undefined;
    let hasExited = false;
    const exited = new Promise<void>((resolve) => (exit = resolve));
    const processes = new RunProcesses({ pid: 2 ** 22 + 8, startTime: '1' }, 'run');
    jest.spyOn(processes, 'snapshotDescendants').mockReturnValue();
    jest.spyOn(processes, 'signal').mockImplementation((signal) => {
      sent.push(signal);
      if (sent.length === exitsAt) {
        hasExited = true;
        exit();
      }
      return true;
    });
    const onSignal = (signal: string): void => {
      reported.push(signal);
    };
    const run = (grace: number, interruptGrace?: number) =>
      terminate(
        { processes, exited, hasExited: () => hasExited },
        { grace, interruptGrace, includeDetached: false, onSignal },
      );
    return { sent, reported, run };
  };
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('repeats SIGINT in short steps until the process has exited, and reports it once', async () => {
    const { sent, reported, run } = target(3);
    await run(3_600_000);
    expect(sent).toEqual(['SIGINT', 'SIGINT', 'SIGINT']);
    expect(reported).toEqual(['SIGINT']);
  });

  it('repeats SIGINT no longer than the grace, and no other signal', async () => {
    const { sent, run } = target(Number.POSITIVE_INFINITY);
    await run(450);
    expect(sent.filter((signal) => signal === 'SIGINT').length).toBeGreaterThan(1);
    expect(sent.filter((signal) => signal === 'SIGINT').length).toBeLessThan(7);
    expect(sent.slice(-2)).toEqual(['SIGTERM', 'SIGKILL']);
    expect(sent.slice(0, -2).every((signal) => signal === 'SIGINT')).toBe(true);
  });

  it('sends SIGTERM after the interrupt grace, if it is shorter than the grace', async () => {
    const { sent, reported, run } = target(Number.POSITIVE_INFINITY);
    await run(50, 3_600_000);
    expect(reported).toEqual(['SIGINT', 'SIGTERM', 'SIGKILL']);
    const early = target(2);
    await early.run(3_600_000, 1);
    expect(early.sent).toEqual(['SIGINT', 'SIGTERM']);
    expect(sent.at(-1)).toBe('SIGKILL');
  });

  it('sends each signal once without a grace', async () => {
    const { sent, run } = target(Number.POSITIVE_INFINITY);
    await run(0);
    expect(sent).toEqual(['SIGINT', 'SIGTERM', 'SIGKILL']);
  });
});

it('exitWithin leaves no timer behind', async () => {
  jest.useFakeTimers();
  await exitWithin({ exited: Promise.resolve(), hasExited: () => false }, 60_000);
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});
