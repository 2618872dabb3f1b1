import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { reapOrphans } from '@codex-rx/core';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import type { PressureHostSpec } from '../programs/pressure-host.js';
import { bundle, program, removeBundles } from './support/bundle.js';
import { leavesNothing } from './support/leaves-nothing.js';
import { started } from './support/lines.js';

const place = leavesNothing();
let hostProgram = '';
beforeAll(() => {
  hostProgram = bundle(program('pressure-host.ts'));
});
afterAll(removeBundles);

const group: FakeStep[] = [{ spawn: { kind: 'child', seconds: 300, ignoreSignals: true } }];
const daemon: FakeStep[] = [{ spawn: { kind: 'daemon', seconds: 300 } }];

/** Ends a run under pressure, and returns what the host wrote and how it ended. */
async function end(spec: Pick<PressureHostSpec, 'end' | 'pressure'>, steps: readonly FakeStep[]) {
  const fake = fakeCodex([...steps, { line: started }, { hang: true }]);
  const request = {
    prompt: 'hello',
    ...fake.options,
    env: place.mark,
    terminateGrace: 100,
    ...(spec.end === 'timeout' && { timeout: 1_500 }),
  };
  const argument = JSON.stringify({ request, records: join(place.state, 'codex-rx', 'runs'), ...spec });
  const limited = ['-c', 'ulimit -n 80; exec "$@"', 'sh', process.execPath, hostProgram, argument];
  const host = spawn('/bin/sh', limited, {
    env: { ...process.env, TMPDIR: place.tmp },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  host.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code, signal] = (await once(host, 'close')) as [number | null, string | null];
  const words = output.trim().split('\n');
  expect(words[0]).toBe('ready');
  expect(output).not.toMatch(/unhandled|terminated/);
  return { how: signal ?? code, isReported: words.includes('leftover'), last: words.at(-1) };
}

(process.platform === 'linux' ? describe : describe.skip)('a host without free descriptors', () => {
  it.each(['unsubscribe', 'timeout'] as const)('ends a run and its daemons by %s', async (how) => {
    const ended = await end({ end: how, pressure: 'EMFILE' }, [...group, ...daemon]);
    await waitUntil(() => place.living().length === 0);
    expect(ended).toMatchObject({ how: 0, isReported: false, last: 'idle 0' });
  });

  it.each([
    ['exit', 3],
    ['SIGTERM', 'SIGTERM'],
  ] as const)('ends a run and its daemons by %s', async (how, code) => {
    const ended = await end({ end: how, pressure: 'EMFILE' }, [...group, ...daemon]);
    await waitUntil(() => place.living().length === 0);
    expect(ended).toMatchObject({ how: code, isReported: false });
  });
});

/** Daemons may remain: that is reported, and the record is for reapOrphans(). */
(process.platform === 'linux' ? describe : describe.skip)('a host that cannot read /proc', () => {
  it.each([
    ['unsubscribe', 'EACCES'],
    ['timeout', 'ENOENT'],
  ] as const)('ends a run by %s although reading fails with %s, and keeps its record', async (how, pressure) => {
    const ended = await end({ end: how, pressure }, group);
    await waitUntil(() => place.living().length === 0);
    expect(ended).toMatchObject({ how: 0, isReported: true, last: 'idle 1' });
  });

  it('ends a run by exit although reading fails, and keeps its record', async () => {
    expect(await end({ end: 'exit', pressure: 'EACCES' }, group)).toMatchObject({ how: 3 });
    await waitUntil(() => place.living().length === 0);
    expect(await reapOrphans()).toMatchObject([{ wasAlive: false, left: [] }]);
  });
});
