import { createRequire } from 'node:module';
import { join } from 'node:path';
import { reapOrphans, resolveBinary } from '@codex-rx/core';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { isAlive, livingPids, waitUntil } from '@codex-rx/testing/processes';
import { bundle, coreSource, program, removeBundles } from './support/bundle.js';
import { endHosts, type Host, startHost } from './support/host.js';
import { leavesNothing, temporaryFiles } from './support/leaves-nothing.js';
import { completed, failed, started } from './support/lines.js';
import { allAsleep, fullAccess, workingAgent } from './support/real-cli.js';

const place = leavesNothing();
let hostProgram = '';
beforeAll(() => {
  hostProgram = bundle(program('host.ts'));
});
afterEach(endHosts);
afterAll(removeBundles);

/** Nothing of a run may be alive later than this (ms) after the end of its host. */
const BOUND = 6_000;
const nothingLeft = async (): Promise<void> => {
  await waitUntil(() => place.living().length === 0, BOUND);
};

const stays: FakeStep[] = [
  { spawn: { kind: 'child', seconds: 300, ignoreSignals: true } },
  { spawn: { kind: 'setsid', seconds: 300 } },
  { spawn: { kind: 'daemon', seconds: 300 } },
  { line: started },
  { hang: true },
];
const request = (steps: readonly FakeStep[] = stays) => ({
  prompt: 'hello',
  ...fakeCodex(steps).options,
  env: place.mark,
  outputSchema: { type: 'object' },
});
const ready = (host: Host): Promise<void> => host.heard('thread.started');

type End = [string, (host: Host) => unknown, { code?: number | null; signal?: string }];
const ends: End[] = [
  ['process.exit()', (host) => host.tell('exit'), { code: 3 }],
  ['an exception that nobody catches', (host) => host.tell('throw'), { code: 1 }],
  ['a rejection that nobody handles', (host) => host.tell('reject'), { code: 1 }],
  ['SIGINT', (host) => host.process.kill('SIGINT'), { signal: 'SIGINT' }],
  ['SIGTERM', (host) => host.process.kill('SIGTERM'), { signal: 'SIGTERM' }],
  ['SIGHUP', (host) => host.process.kill('SIGHUP'), { signal: 'SIGHUP' }],
];

describe('when the host of the real CLI ends, its runs die with it', () => {
  const some = process.env.TEST_ALL === '1' ? ends : ends.filter(([how]) => !/SIGHUP|rejection|exit/.test(how));
  it.each(some)('by %s', async (_how, end, expected) => {
    await using scripted = await workingAgent('foreground');
    const host = startHost(hostProgram, place, {
      request: { ...fullAccess(scripted, place), binary: resolveBinary(), prompt: 'Work.' },
    });
    await allAsleep(place);
    end(host);
    expect(await host.exited).toMatchObject(expected);
    await nothingLeft();
    expect(temporaryFiles(place.tmp)).toEqual([]);
  });

  it('by a subscriber that throws', async () => {
    await using scripted = await workingAgent('foreground');
    const host = startHost(hostProgram, place, {
      request: { ...fullAccess(scripted, place), binary: resolveBinary(), prompt: 'Work.' },
      throwAt: 'item.started',
    });
    expect(await host.exited).toMatchObject({ code: 1 });
    expect(host.stderr()).toContain('the subscriber failed');
    await nothingLeft();
    expect(temporaryFiles(place.tmp)).toEqual([]);
  });

  it('by SIGKILL, once reapOrphans() is called by the next host', async () => {
    await using scripted = await workingAgent('background');
    const host = startHost(hostProgram, place, {
      request: { ...fullAccess(scripted, place), binary: resolveBinary(), prompt: 'Work.' },
    });
    await allAsleep(place);
    host.process.kill('SIGKILL');
    await host.exited;
    expect(place.living().length).toBeGreaterThan(0);
    const reaped = await reapOrphans();
    expect(reaped).toMatchObject([{ left: [] }]);
    await nothingLeft();
    expect(temporaryFiles(place.tmp)).toEqual([]);
    expect(await reapOrphans()).toEqual([]);
  });
});

describe('when a host ends', () => {
  it.each(ends)('by %s, many runs die with it, and no file is left', async (_how, end, expected) => {
    const host = startHost(hostProgram, place, { request: request(), runs: 4 });
    await waitUntil(() => host.words.filter((word) => word === 'thread.started').length === 4, 30_000);
    expect(place.living()).toHaveLength(16);
    end(host);
    expect(await host.exited).toMatchObject(expected);
    expect(place.living()).toEqual([]);
    expect(temporaryFiles(place.tmp).filter((name) => !name.includes('codex-rx-fake-'))).toEqual([]);
  });

  it('in the middle of a termination, the run dies with it', async () => {
    const host = startHost(hostProgram, place, { request: request([{ ignore: ['SIGINT', 'SIGTERM'] }, ...stays]) });
    await ready(host);
    host.tell('unsubscribe');
    await new Promise((resolve) => setTimeout(resolve, 200));
    host.process.kill('SIGTERM');
    expect(await host.exited).toMatchObject({ signal: 'SIGTERM' });
    expect(place.living()).toEqual([]);
  });

  it('while a run lingers after its turn, that run dies with it', async () => {
    const host = startHost(hostProgram, place, {
      request: request([...stays.slice(0, -1), { line: completed }, { hang: true }]),
    });
    await host.heard('turn.completed');
    host.tell('exit');
    await host.exited;
    expect(place.living()).toEqual([]);
  });
});

describe('a host that unsubscribes', () => {
  it('lives until its runs are gone, and then ends by itself', async () => {
    const host = startHost(hostProgram, place, { request: request([{ ignore: ['SIGINT'] }, ...stays]) });
    await ready(host);
    host.tell('unsubscribe');
    host.process.stdin?.end();
    expect(await host.exited).toMatchObject({ code: 0 });
    expect(place.living()).toEqual([]);
    expect(host.words.filter((word) => word.startsWith('warning'))).toEqual([]);
  });
});

describe('a host that has runs no longer', () => {
  it('has no listener left, and had one each while they lived', async () => {
    const host = startHost(hostProgram, place, {
      request: request([{ line: started }, { wait: 500 }, { line: completed }]),
      runs: 12,
    });
    await ready(host);
    host.tell('listeners');
    await host.heard('listeners 1 1 1 1');
    await waitUntil(() => host.words.filter((word) => word === 'complete').length === 12, 30_000);
    host.tell('listeners');
    await host.heard('listeners 0 0 0 0');
    expect(host.words.filter((word) => word.startsWith('warning'))).toEqual([]);
    host.tell('exit');
    await host.exited;
  });

  it('does not have its exit code changed by a failed run', async () => {
    const host = startHost(hostProgram, place, { request: request([{ lines: [started, failed('no')] }, { exit: 1 }]) });
    await waitUntil(() => host.words.some((word) => word.startsWith('error')), 30_000);
    host.process.stdin?.end();
    expect(await host.exited).toMatchObject({ code: 0 });
  });
});

describe('a signal', () => {
  it('does not end runs if the application listens for it', async () => {
    const host = startHost(hostProgram, place, { request: request(), listener: { signal: 'SIGINT', exits: false } });
    await ready(host);
    host.process.kill('SIGINT');
    await host.heard('heard');
    expect(isAlive(host.pid)).toBe(true);
    expect(place.living()).toHaveLength(4);
    host.tell('exit');
    await host.exited;
    expect(place.living()).toEqual([]);
  });

  it('that makes the application exit ends its runs', async () => {
    const host = startHost(hostProgram, place, { request: request(), listener: { signal: 'SIGTERM', exits: true } });
    await ready(host);
    host.process.kill('SIGTERM');
    expect(await host.exited).toMatchObject({ code: 7 });
    expect(place.living()).toEqual([]);
  });

  it('ends a host with two copies of the package, and the runs of both', async () => {
    const host = startHost(hostProgram, place, { request: request(), otherCopy: bundle(coreSource) });
    await waitUntil(() => host.words.filter((word) => word === 'thread.started').length === 2, 30_000);
    expect(place.living()).toHaveLength(8);
    host.process.kill('SIGINT');
    expect(await host.exited).toMatchObject({ signal: 'SIGINT' });
    expect(place.living()).toEqual([]);
  });

  // The two forms in which libraries bring it along; this repository has them through its tools.
  const root = join(__dirname, '..', '..', '..', '..');
  const require = createRequire(join(root, 'package.json'));
  const within = (name: string): string => createRequire(require.resolve(name)).resolve('signal-exit');
  it.each([
    ['of version 3', require.resolve('signal-exit')],
    ['of version 4', within('foreground-child')],
  ])('ends a host whose libraries use signal-exit %s, which waits for others as well', async (_version, signalExit) => {
    const host = startHost(hostProgram, place, { request: request(), signalExit });
    await ready(host);
    host.process.kill('SIGINT');
    expect(await host.exited).toMatchObject({ signal: 'SIGINT' });
    expect(host.words).toContain('cleaned');
    expect(place.living()).toEqual([]);
  });
});

describe('reapOrphans()', () => {
  it('does not end runs of living hosts', async () => {
    const host = startHost(hostProgram, place, { request: request() });
    await ready(host);
    expect(await reapOrphans()).toEqual([]);
    expect(place.living()).toHaveLength(4);
    host.tell('exit');
    await host.exited;
  });

  it('kills processes of a killed host whose root process has exited', async () => {
    const host = startHost(hostProgram, place, { request: request() });
    await ready(host);
    const pid = Number(host.words.find((word) => word.startsWith('pid '))?.slice(4));
    host.process.kill('SIGKILL');
    await host.exited;
    process.kill(pid, 'SIGKILL');
    await waitUntil(() => livingPids([pid]).length === 0);
    expect(await reapOrphans()).toMatchObject([{ pid, wasAlive: false, left: [] }]);
    expect(place.living()).toEqual([]);
    expect(temporaryFiles(place.tmp).filter((name) => !name.includes('codex-rx-fake-'))).toEqual([]);
  });
});
