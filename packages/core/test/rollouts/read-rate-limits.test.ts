import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readRateLimits } from '../../src/rollouts/read-rate-limits.js';

const threadId = '01a22f86-cae1-7962-a2f5-d4b10adb09ae';
const since = Date.parse('2026-12-01T02:54:52.000Z');

let home: string;
let path: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rate-limits-'));
  path = join(home, 'sessions/2026/12/01', `rollout-2026-12-01T02-54-52-${threadId}.jsonl`);
  mkdirSync(dirname(path), { recursive: true });
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const limits = (resets_at: unknown) => ({
  limit_id: 'codex',
  primary: { used_percent: 100, resets_at },
  secondary: null,
});
const line = (rate_limits: unknown, timestamp = '2026-12-01T02:54:52.754Z'): string =>
  `${JSON.stringify({ timestamp, type: 'event_msg', payload: { type: 'token_count', info: null, rate_limits } })}\n`;
const read = (id = threadId, from = since): number[] =>
  readRateLimits(home, id, from).map(({ resetsAt }) => resetsAt.getTime() / 1000);

describe('readRateLimits', () => {
  it('returns the windows of the last record with some', () => {
    writeFileSync(path, line(limits(1)) + line(limits(2)) + line({ primary: null }) + '{"type":"event_msg"}\n');
    expect(read()).toEqual([2]);
  });

  it('returns all windows of a record', () => {
    const secondary = { used_percent: 40, window_minutes: 10_080, resets_at: 3 };
    writeFileSync(path, line({ ...limits(2), secondary }));
    expect(readRateLimits(home, threadId, since)).toEqual([
      { usedPercent: 100, resetsAt: new Date(2000) },
      { usedPercent: 40, resetsAt: new Date(3000) },
    ]);
  });

  it('ignores records of an earlier run of the thread', () => {
    writeFileSync(path, line(limits(1), '2026-12-01T02:50:00.000Z'));
    expect(read()).toEqual([]);
  });

  it('finds the file of a thread that started on an earlier day', () => {
    writeFileSync(path, line(limits(1), '2026-12-24T00:00:00.000Z'));
    expect(read(threadId, Date.parse('2026-12-24T00:00:00.000Z'))).toEqual([1]);
  });

  it('reads the end of a large file only', () => {
    writeFileSync(path, `${line(limits(1))}${'x'.repeat(300_000)}\n${line(limits(2))}`);
    expect(read()).toEqual([2]);
    writeFileSync(path, `${line(limits(1))}${'x'.repeat(300_000)}\n`);
    expect(read()).toEqual([]);
  });

  it.each([
    '',
    'x',
    '{"rate_limits":',
    line(null),
    line([]),
    line(limits('1')),
    line(limits(1e300)),
    line(limits(Number.NaN)),
  ])('returns nothing for the damaged record %j', (text) => {
    writeFileSync(path, text);
    expect(read()).toEqual([]);
  });

  it('returns nothing without a home, a folder, a file, or an id', () => {
    expect(read()).toEqual([]);
    expect(read('')).toEqual([]);
    expect(read('../../x')).toEqual([]);
    rmSync(home, { recursive: true });
    expect(read()).toEqual([]);
  });

  it('follows no link, and does not block', () => {
    const outside = join(home, 'outside');
    writeFileSync(outside, line(limits(1)));
    symlinkSync(outside, path);
    expect(read()).toEqual([]);
    rmSync(path);
    if (process.platform !== 'win32') execFileSync('mkfifo', [path]);
    expect(read()).toEqual([]);
    rmSync(path, { force: true });
    writeFileSync(path, line(limits(1)));
    expect(read()).toEqual([1]);
    renameSync(join(home, 'sessions'), join(home, 'moved'));
    symlinkSync(join(home, 'moved'), join(home, 'sessions'));
    expect(read()).toEqual([]);
  });
});
