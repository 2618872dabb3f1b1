import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exec$ } from '@codex-rx/core';
import { fakeCodex } from '@codex-rx/testing';
import { livingPids, waitUntil } from '@codex-rx/testing/processes';
import { BehaviorSubject, map, of } from 'rxjs';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { completed, said, started } from '../exec/support/lines.js';
import { observe, types } from '../exec/support/observe.js';

const place = leavesNothing();

describe('paused$', () => {
  it('blocks the process itself, and loses nothing', async () => {
    const paused$ = new BehaviorSubject(true);
    const progress = join(place.folder, 'written');
    const fake = fakeCodex([
      { line: started },
      { flood: 'stdout', bytes: 4_000_000 },
      { writeFile: { path: progress, content: 'through' } },
      { line: completed },
    ]);
    const running = observe(exec$({ prompt: 'hello', ...fake.options, paused$ }));
    await waitUntil(() => fake.invocations().length === 1 && fake.invocations()[0]?.stdinEnded);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(existsSync(progress)).toBe(false);
    paused$.next(false);
    const observed = await running;
    expect(observed.error).toBeUndefined();
    expect(existsSync(progress)).toBe(true);
    expect(types(observed).at(-1)).toBe('turn.completed');
  });

  it('emits nothing while its last value is true, and everything afterwards, also after the exit of the process', async () => {
    const paused$ = new BehaviorSubject(true);
    const fake = fakeCodex([{ lines: [started, said('one'), completed] }]);
    let seen = 0;
    const running = observe(exec$({ prompt: 'hello', ...fake.options, paused$ }), () => (seen += 1));
    await waitUntil(() => fake.pids().length === 1 && livingPids(fake.pids()).length === 0);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(seen).toBe(0);
    paused$.next(false);
    expect(await running).toMatchObject({ error: undefined });
    expect(seen).toBe(3);
  });

  it('resumes when it completes', async () => {
    const fake = fakeCodex([{ lines: [started, completed] }]);
    expect((await observe(exec$({ prompt: 'hello', ...fake.options, paused$: of(true) }))).error).toBeUndefined();
  });

  it('does not keep a run that is left', async () => {
    const fake = fakeCodex([{ line: started }, { flood: 'stdout', bytes: 1_000_000 }, { hang: true }]);
    const paused$ = new BehaviorSubject(true);
    const subscription = exec$({ prompt: 'hello', ...fake.options, paused$ }).subscribe();
    await waitUntil(() => fake.invocations().length === 1);
    subscription.unsubscribe();
    expect(paused$.observed).toBe(false);
  });

  it('is let go when its own emission ends the run', async () => {
    const fake = fakeCodex([{ line: started }, { hang: true }]);
    const paused$ = new BehaviorSubject(false);
    const controller = new AbortController();
    const ending$ = paused$.pipe(
      map((isPaused) => {
        controller.abort('by the pause');
        return isPaused;
      }),
    );
    const { error } = await observe(
      exec$({ prompt: 'hello', ...fake.options, paused$: ending$, signal: controller.signal }),
    );
    expect(error).toMatchObject({ code: 'ABORT_ERR', reason: 'by the pause' });
    expect(paused$.observed).toBe(false);
  });
});
