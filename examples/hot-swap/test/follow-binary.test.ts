import { renameSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { whenIdle } from '@codex-rx/core';
import { openFakeCodex } from '@codex-rx/testing';
import { livingPids } from '@codex-rx/testing/processes';
import { lastValueFrom, takeWhile, tap } from 'rxjs';
import { followBinary$ } from '../src/follow-binary.js';

const begins = [
  { type: 'thread.started', thread_id: '01a205c4-69f5-7682-91b9-0f9fa5d429a7' },
  { type: 'turn.started' },
];
const usage = { input_tokens: 1, cached_input_tokens: 0, output_tokens: 1 };

describe('followBinary$', () => {
  it('starts the run with the new binary when the old process is gone', async () => {
    // The old one takes its time to die, and leaves a file whose time is that of its end.
    await using old = await openFakeCodex({
      version: '0.125.0',
      steps: [
        { on: 'SIGINT', steps: [{ wait: 500 }, { writeFile: { path: 'ended', content: '' } }, { exit: 130 }] },
        { lines: begins },
        { hang: true },
      ],
    });
    await using next = await openFakeCodex({ steps: [{ lines: [...begins, { type: 'turn.completed', usage }] }] });
    const workingDirectory = dirname(old.binary);
    const current = join(workingDirectory, 'current');
    symlinkSync(old.binary, current);
    const versions: string[] = [];
    const events$ = followBinary$(
      current,
      { prompt: 'Get it done.', workingDirectory, terminateGrace: 20_000 },
      (version) => {
        versions.push(version);
        expect(livingPids(old.pids())).toEqual([]);
      },
    );
    await lastValueFrom(
      events$.pipe(
        tap(({ type }) => {
          if (type !== 'turn.started' || versions.length > 1) return;
          symlinkSync(next.binary, `${current}.next`);
          renameSync(`${current}.next`, current);
        }),
        takeWhile(({ type }) => type !== 'turn.completed', true),
      ),
    );
    await whenIdle();
    expect(versions).toEqual(['0.125.0', '0.171.0']);
    const [started, ...more] = next.invocations().map((invocation) => invocation.started.getTime());
    expect(more).toEqual([]);
    expect(started).toBeGreaterThanOrEqual(Math.floor(statSync(join(workingDirectory, 'ended')).mtimeMs));
    expect(livingPids([...old.pids(), ...next.pids()])).toEqual([]);
  });
});
