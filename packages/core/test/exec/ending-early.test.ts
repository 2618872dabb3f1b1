import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getEventListeners } from 'node:events';
import { createCodex, exec$, isCodexError, lines$, run$, whenIdle } from '@codex-rx/core';
import { idleTimeout } from '@codex-rx/operators';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { livingPids, waitUntil } from '@codex-rx/testing/processes';
import { firstValueFrom, map, merge, Subject, take, takeUntil, tap } from 'rxjs';
import { leavesNothing } from './support/leaves-nothing.js';
import { completed, notice, started, THREAD } from './support/lines.js';
import { observe, types } from './support/observe.js';

leavesNothing();

const stays: FakeStep[] = [
  { spawn: { kind: 'child', seconds: 300 } },
  { spawn: { kind: 'setsid', seconds: 300 } },
  { spawn: { kind: 'daemon', seconds: 300 } },
  { lines: [started, notice('Reconnecting… 1/5')] },
  { hang: true },
];
const request = (steps: readonly FakeStep[] = stays) => {
  const fake = fakeCodex(steps);
  return { fake, all: { prompt: 'hello', ...fake.options, terminateGrace: 500 } };
};

describe('an AbortSignal', () => {
  it('ends the run, which errors with the reason when the process is gone', async () => {
    const { fake, all } = request();
    const controller = new AbortController();
    const reason = { why: 'enough' };
    const observed = await observe(exec$({ ...all, signal: controller.signal }), () => {
      controller.abort(reason);
    });
    expect(observed.error).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR' });
    expect((observed.error as { reason: unknown }).reason).toBe(reason);
    expect((observed.error as { cause: unknown }).cause).toBe(reason);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('has no listener left afterwards, however the run ended', async () => {
    const { signal } = new AbortController();
    await observe(exec$({ ...request([{ lines: [started, completed] }]).all, signal }));
    await observe(exec$({ ...request([{ exit: 1 }]).all, signal }));
    await observe(exec$({ ...request().all, prompt: ' ', signal }));
    await firstValueFrom(exec$({ ...request().all, signal }));
    await whenIdle();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('may be shared by many runs: it has one listener, as Node warns of more than ten', async () => {
    const controller = new AbortController();
    const { fake, all } = request([{ line: started }, { hang: true }]);
    const runs = Array.from({ length: 12 }, () => observe(exec$({ ...all, signal: controller.signal })));
    await waitUntil(() => fake.invocations().length === 12, 30_000);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort();
    for (const { error } of await Promise.all(runs)) expect(isCodexError(error, 'ABORT_ERR')).toBe(true);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('reports each run that gets the signal to the creator of the signal until the run has ended', async () => {
    const { signal } = new AbortController();
    const runs: Promise<unknown>[] = [];
    // Like `hotSwap`, which must not start the next run earlier, even if an operator has ended the stream.
    Object.defineProperty(signal, Symbol.for('@codex-rx/settling'), {
      value: (settled: Promise<unknown>) => runs.push(settled),
    });
    const { fake, all } = request();
    await firstValueFrom(exec$({ ...all, signal }));
    await firstValueFrom(createCodex({ ...fake.options, terminateGrace: 500 }).run$({ prompt: 'hello', signal }));
    await firstValueFrom(lines$({ ...all, signal }));
    expect(runs).toHaveLength(3);
    await Promise.all(runs);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('that comes after the end of the turn changes nothing', async () => {
    const controller = new AbortController();
    const { all } = request([{ lines: [started, completed] }, { wait: 200 }]);
    const observed = await observe(exec$({ ...all, signal: controller.signal }), (event) => {
      if (event.type === 'turn.completed') controller.abort();
    });
    expect(observed.error).toBeUndefined();
  });
});

describe('timeout', () => {
  it('errors with the thread and the last notice when the process is gone', async () => {
    const { fake, all } = request();
    const { error } = await observe(exec$({ ...all, timeout: 2_500 }));
    expect(error).toMatchObject({
      name: 'RunTimeoutError',
      code: 'RUN_TIMEOUT',
      timeout: 2_500,
      threadId: THREAD,
      lastNotice: 'Reconnecting… 1/5',
    });
    expect(String(error)).toMatch(/Raise "timeout".*Reconnecting/);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('ends with the turn, and does not limit the shutdown of the process', async () => {
    const { all } = request([{ lines: [started, completed] }, { wait: 3_500 }]);
    expect((await observe(exec$({ ...all, timeout: 3_000 }))).error).toBeUndefined();
  });

  it.each([0, Number.POSITIVE_INFINITY])('of %s is none', async (timeout) => {
    const { all } = request([{ line: started }, { wait: 300 }, { line: completed }]);
    expect((await observe(exec$({ ...all, timeout }))).error).toBeUndefined();
  });

  it('first cause wins: an abort while the run is being ended does not change the error', async () => {
    const controller = new AbortController();
    const { fake, all } = request([{ ignore: ['SIGINT'] }, ...stays]);
    const running = observe(exec$({ ...all, timeout: 2_500, signal: controller.signal }));
    await waitUntil(() => fake.invocations()[0]?.signals.includes('SIGINT'));
    controller.abort();
    expect((await running).error).toMatchObject({ code: 'RUN_TIMEOUT' });
  });
});

describe('leaving', () => {
  const left = async (fake: { pids(): number[] }): Promise<number[]> => {
    await whenIdle();
    return livingPids(fake.pids());
  };

  it('by take(1) ends everything', async () => {
    const { fake, all } = request();
    expect(types(await observe(exec$(all).pipe(take(1))))).toEqual(['thread.started']);
    expect(await left(fake)).toEqual([]);
    expect(fake.pids()).toHaveLength(4);
  });

  it('by takeUntil ends everything', async () => {
    const { fake, all } = request();
    const stop$ = new Subject<void>();
    const running = observe(exec$(all).pipe(takeUntil(stop$)));
    await waitUntil(() => fake.pids().length === 4);
    stop$.next();
    expect((await running).error).toBeUndefined();
    expect(await left(fake)).toEqual([]);
  });

  it('by an error in an operator downstream ends everything', async () => {
    const { fake, all } = request();
    const reason = new Error('downstream');
    const { error } = await observe(
      exec$(all).pipe(
        map(() => {
          throw reason;
        }),
      ),
    );
    expect(error).toBe(reason);
    expect(await left(fake)).toEqual([]);
  });

  it('by an error of a merged source ends everything', async () => {
    const { fake, all } = request();
    const other$ = new Subject<never>();
    const running = observe(merge(exec$(all), other$));
    await waitUntil(() => fake.pids().length === 4);
    other$.error(new Error('beside'));
    expect((await running).error).toMatchObject({ message: 'beside' });
    expect(await left(fake)).toEqual([]);
  });

  it('by idleTimeout ends everything, and errors immediately', async () => {
    const { fake, all } = request([{ ignore: ['SIGINT'] }, ...stays]);
    const running = observe(
      exec$({ ...all, terminateGrace: 1_500 }).pipe(idleTimeout({ first: 20_000, each: 600, whileRunning: 600 })),
    );
    const { error } = await running;
    expect(error).toMatchObject({ code: 'IDLE_TIMEOUT' });
    expect(livingPids(fake.pids()).length).toBeGreaterThan(0);
    expect(await left(fake)).toEqual([]);
  });

  it('while the process is being started ends it', async () => {
    const { fake, all } = request();
    const subscription = run$(all)
      .pipe(
        tap(({ type }) => {
          if (type === 'started') subscription.unsubscribe();
        }),
      )
      .subscribe();
    await waitUntil(() => subscription.closed);
    expect(await left(fake)).toEqual([]);
  });

  it('twice is once', async () => {
    const { fake, all } = request();
    const subscription = exec$(all).subscribe();
    await waitUntil(() => fake.pids().length === 4);
    subscription.unsubscribe();
    subscription.unsubscribe();
    expect(await left(fake)).toEqual([]);
  });

  it('emits nothing, does not error and does not warn', async () => {
    const { fake, all } = request([...stays.slice(0, -1), { repeat: 100_000, steps: [{ line: notice('more') }] }]);
    let after = 0;
    let isOver = false;
    const count = (): void => {
      if (isOver) after += 1;
    };
    const subscription = run$(all).subscribe({ next: count, error: count, complete: count });
    await waitUntil(() => fake.pids().length === 4);
    subscription.unsubscribe();
    isOver = true;
    await whenIdle();
    expect(after).toBe(0);
  });

  it('settles whenIdle() only when processes and files are gone', async () => {
    const { fake, all } = request([{ on: 'SIGINT', steps: [{ wait: 300 }, { exit: 1 }] }, ...stays]);
    await firstValueFrom(exec$(all));
    expect(livingPids(fake.pids()).length).toBeGreaterThan(0);
    await whenIdle();
    expect(livingPids(fake.pids())).toEqual([]);
    await whenIdle();
  });

  it('ends the runs inside of a run, too: their processes carry both ids', async () => {
    const ids: string[] = [];
    const outer = process.env.CODEX_RX_RUN_ID;
    process.env.CODEX_RX_RUN_ID = 'outer-run';
    const onSpawn = (message: unknown): void => {
      ids.push((message as { runId: string }).runId);
    };
    subscribe('codex-rx:spawn', onSpawn);
    try {
      const { fake, all } = request([{ lines: [started, completed] }]);
      await observe(exec$(all));
      expect(fake.invocations()[0]?.env.CODEX_RX_RUN_ID).toBe(`outer-run/${ids[0]}`);
    } finally {
      unsubscribe('codex-rx:spawn', onSpawn);
      if (outer === undefined) delete process.env.CODEX_RX_RUN_ID;
      else process.env.CODEX_RX_RUN_ID = outer;
    }
  });
});
