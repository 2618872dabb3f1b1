import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { waitUntil } from '@codex-rx/testing/processes';
import fc from 'fast-check';
import { choosePlatform } from '../../src/process/platform/index.js';
import { isExecuting, linux, parseStat } from '../../src/process/platform/linux.js';
import { parsePs, posix } from '../../src/process/platform/posix.js';
import { win32 } from '../../src/process/platform/win32.js';

/** Fields of /proc/<pid>/stat after the name: state, ppid, pgrp, and so on to the start time. */
const fields = (state: string, ppid: number, pgid: number, startTime: string): string =>
  `${state} ${ppid} ${pgid} ${'0 '.repeat(16)}${startTime} 0 0`;

describe('parseStat', () => {
  it('reads parent, group and start time', () => {
    expect(parseStat(42, `42 (codex) ${fields('S', 7, 8, '123456')}`)).toEqual({
      pid: 42,
      ppid: 7,
      pgid: 8,
      startTime: '123456',
    });
  });

  it('does not care what the name of the program holds', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 15 }), (name) => {
        expect(parseStat(1, `1 (${name}) ${fields('R', 2, 3, '4')}`)).toMatchObject({
          ppid: 2,
          pgid: 3,
          startTime: '4',
        });
      }),
    );
  });

  it.each(['Z', 'X', 'x'])('takes state %s for dead', (state) => {
    expect(parseStat(1, `1 (a) ${fields(state, 2, 3, '4')}`)).toBeUndefined();
  });

  it('takes a cut line for dead', () => {
    expect(parseStat(1, '1 (a) S 2')).toBeUndefined();
    expect(parseStat(1, '')).toBeUndefined();
  });
});

describe('isExecuting', () => {
  const stat = (state: string, flags: number, start: string, end: string): string =>
    `1 (a) ${[state, '2', '3', '4', '0', '-1', String(flags), ...Array<string>(40).fill('0'), start, end].join(' ')} 0\n`;

  it.each([
    ['a process without the memory of its program', stat('R', 0x400000, '0', '0'), true],
    ['a process with an environment, which was read before the program was in place', stat('S', 0, '64', '128'), true],
    ['a process with an empty environment', stat('S', 0, '64', '64'), false],
    ['a kernel thread', stat('I', 0x208040, '0', '0'), false],
    ['a process whose main thread has ended', stat('Z', 0, '0', '0'), false],
  ])('of %s', (_what, line, expected) => {
    expect(isExecuting(line)).toBe(expected);
  });
});

const onLinux = process.platform === 'linux' ? describe : describe.skip;
onLinux('linux', () => {
  it('finds this process, in the list as well', () => {
    const own = linux.find(process.pid);
    expect(own).toMatchObject({ pid: process.pid, ppid: process.ppid });
    expect(linux.list().processes).toContainEqual(own);
    expect(linux.list().isComplete).toBe(true);
  });

  it('finds processes by a variable of their environment', async () => {
    const child = spawn('sleep', ['60'], { env: { ...process.env, RX_PLATFORM_TEST: 'a=b' } });
    try {
      const found = await waitUntil(() =>
        linux.listWithVariable('RX_PLATFORM_TEST').processes.find(({ pid }) => pid === child.pid),
      );
      expect(found).toMatchObject({ value: 'a=b', ppid: process.pid });
      expect(linux.listWithVariable('RX_PLATFORM_TES').processes).toEqual([]);
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('does not find a zombie', async () => {
    // A shell that does not wait for its child.
    const shell = spawn('/bin/sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 60']);
    try {
      const zombie = await new Promise<number>((resolve) => {
        shell.stdout.once('data', (data: Buffer) => {
          resolve(Number(data.toString()));
        });
      });
      await waitUntil(() => linux.find(zombie) === 'gone');
      expect(linux.kill(zombie, 'SIGUSR1')).toBe(true);
    } finally {
      shell.kill('SIGKILL');
    }
  });

  it('answers instead of throwing when nobody is there', () => {
    expect(linux.kill(2 ** 22 + 1, 'SIGTERM')).toBe(false);
    expect(linux.find(2 ** 22 + 1)).toBe('gone');
  });
});

describe('parsePs', () => {
  it('reads what ps of macOS writes, and leaves zombies out', () => {
    const output = [
      '    1     0     1 Ss   Mon Nov 23 01:00:00 2026',
      '  420     1   420 S+   Mon Nov 23 01:02:03 2026    ',
      '  421   420   420 Z    Mon Nov 23 01:02:04 2026',
      'ps: a complaint',
      '',
    ].join('\n');
    expect(parsePs(output)).toEqual([
      { pid: 1, ppid: 0, pgid: 1, startTime: 'Mon Nov 23 01:00:00 2026' },
      { pid: 420, ppid: 1, pgid: 420, startTime: 'Mon Nov 23 01:02:03 2026' },
    ]);
  });
});

describe('posix', () => {
  it('asks ps for all processes, or for one', () => {
    const asked: (readonly string[])[] = [];
    const platform = posix((args) => {
      asked.push(args);
      return '    9     1     9 S    Mon Nov 23 01:00:00 2026\n';
    });
    expect(platform.list()).toMatchObject({ processes: [{ pid: 9 }], isComplete: false });
    expect(platform.find(9)).toMatchObject({ pid: 9, startTime: 'Mon Nov 23 01:00:00 2026' });
    expect(asked).toEqual([
      ['-A', '-o', 'pid=,ppid=,pgid=,stat=,lstart='],
      // Again with spare descriptors: the first answer did not show this process.
      ['-A', '-o', 'pid=,ppid=,pgid=,stat=,lstart='],
      ['-p', '9', '-o', 'pid=,ppid=,pgid=,stat=,lstart='],
    ]);
  });

  it('knows nothing of environments, and finds nobody where ps says nothing', () => {
    const platform = posix(() => '');
    expect(platform.listWithVariable('ANY').processes).toEqual([]);
    expect(platform.find(2 ** 22 + 1)).toBe('gone');
    expect(platform.find(process.pid)).toBe('unknown');
    expect(platform).toMatchObject({ groups: true, gracefulSignals: true });
  });
});

describe('win32', () => {
  it('ends a whole tree by taskkill, by its absolute path and without a shell', () => {
    const run = jest.fn();
    const platform = win32(run, 'C:\\Windows');
    expect(platform.kill(42, 'SIGKILL')).toBe(true);
    expect(run).toHaveBeenCalledWith(join('C:\\Windows', 'System32', 'taskkill.exe'), ['/PID', '42', '/T', '/F']);
    expect(platform).toMatchObject({ groups: false, gracefulSignals: false });
  });

  it('finds living processes by their pid, and lists none', () => {
    const platform = win32(jest.fn(), '');
    expect(platform.find(process.pid)).toMatchObject({ pid: process.pid });
    expect(platform.find(2 ** 22 + 1)).toBe('gone');
    expect(platform.list().processes).toEqual([]);
    expect(platform.listWithVariable('ANY').processes).toEqual([]);
  });
});

it('each system has its own', () => {
  expect(choosePlatform('linux')).toBe(linux);
  expect(choosePlatform('win32').groups).toBe(false);
  expect(choosePlatform('darwin')).toMatchObject({ groups: true, gracefulSignals: true });
  expect(choosePlatform('darwin').listWithVariable('ANY').processes).toEqual([]);
});
