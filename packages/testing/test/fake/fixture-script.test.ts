import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exec$ } from '@codex-rx/core';
import { lastValueFrom, toArray } from 'rxjs';
import { fakeCodex, fixtureScript } from '../../src/fake/index.js';
import { loadFixture } from '../../src/fixtures/index.js';
import { disposeAll } from '../../src/util/open-resources.js';
import '../../src/jest/index.js';
import { run } from '../helpers/start-fake.js';

const fixtures = join(__dirname, '../../../../fixtures');

afterEach(() => {
  disposeAll();
});

describe('fakeCodex.fromFixture', () => {
  it.each(['0.169.0/everything', '0.169.0/long-output'])('writes %s byte for byte', async (name) => {
    const { stdout, code } = await run(fakeCodex.fromFixture(name));
    expect(stdout.equals(readFileSync(join(fixtures, `${name}.jsonl`)))).toBe(true);
    expect(code).toBe(0);
  });

  it('exits like the recorded run and prints its version', async () => {
    const fake = fakeCodex.fromFixture('0.169.0/failed-turn');
    expect((await run(fake)).code).toBe(1);
    expect((await run(fake, ['--version'])).stdout.toString()).toBe('codex-cli 0.169.0\n');
  });

  it('produces a run that matches the fixture', async () => {
    const fake = fakeCodex.fromFixture('0.169.0/everything');
    await expect(exec$({ prompt: 'hello', ...fake.options })).toMatchRun('0.169.0/everything');
    await expect(fake).toLeaveNoProcess();
    const failing = fakeCodex.fromFixture('0.169.0/usage-limit');
    await expect(exec$({ prompt: 'hello', ...failing.options })).toEndTurn('failed', { category: 'usage_limit' });
    await expect(exec$({ prompt: 'hello', ...failing.options })).toMatchRun('0.169.0/usage-limit');
  });

  it('pauses like the recorded run at the given pace', async () => {
    const { arrivals } = loadFixture('0.169.0/plain-answer');
    const waits = (pace: 'sync' | 'recorded' | number) =>
      (fixtureScript('0.169.0/plain-answer', { pace }).steps ?? []).reduce(
        (sum, step) => sum + ('wait' in step ? step.wait : 0),
        0,
      );
    expect(waits('sync')).toBe(0);
    expect(waits('recorded')).toBeGreaterThanOrEqual(arrivals.at(-1) ?? 0);
    expect(waits(2)).toBeCloseTo(waits('recorded') / 2);
    const fake = fakeCodex.fromFixture('0.169.0/plain-answer', { pace: 'recorded' });
    expect(await lastValueFrom(exec$({ prompt: 'hello', ...fake.options }).pipe(toArray()))).toHaveLength(4);
  });

  it('plays signals, standard error, and a derived exit code', () => {
    const fixture = loadFixture('0.169.0/plain-answer');
    const last = (meta: object, count = 1) => fixtureScript({ ...fixture, lines: [], meta }).steps?.slice(-count);
    expect(last({ signal: 'SIGKILL', stderr: 'bye' }, 2)).toEqual([{ stderr: 'bye' }, { signal: 'SIGKILL' }]);
    expect(last({})).toEqual([{ exit: 0 }]);
    expect(last({ failure: { code: 'EXIT', message: '' } })).toEqual([{ exit: 1 }]);
  });
});
