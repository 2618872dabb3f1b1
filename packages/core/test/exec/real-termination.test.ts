import { exec$, isCodexError, run$, whenIdle } from '@codex-rx/core';
import { idleTimeout } from '@codex-rx/operators';
import { firstValueFrom, map, merge, Subject, take, takeUntil } from 'rxjs';
import { leavesNothing } from './support/leaves-nothing.js';
import { observe } from './support/observe.js';
import { allAsleep, fullAccess, type Ground, workingAgent } from './support/real-cli.js';

const place = leavesNothing();
/** Nothing of a run may be alive later than this (ms) after its end. */
const BOUND = 6_000;

/** Resolves with the elapsed time when the run has no remaining processes. */
async function timeUntilGone(start: number): Promise<number> {
  await whenIdle();
  expect(place.living()).toEqual([]);
  return performance.now() - start;
}

describe.each<Ground>(['foreground', 'background'])('the real CLI with a command in the %s', (ground) => {
  it('is gone with everything after unsubscribing', async () => {
    await using scripted = await workingAgent(ground);
    const subscription = exec$({ ...fullAccess(scripted, place), prompt: 'Work.' }).subscribe();
    await allAsleep(place);
    const start = performance.now();
    subscription.unsubscribe();
    expect(await timeUntilGone(start)).toBeLessThan(BOUND);
  });

  it('is gone with everything when an aborted run errors, with the reason', async () => {
    await using scripted = await workingAgent(ground);
    const controller = new AbortController();
    const running = observe(exec$({ ...fullAccess(scripted, place), prompt: 'Work.', signal: controller.signal }));
    await allAsleep(place);
    const start = performance.now();
    const reason = new Error('no longer wanted');
    controller.abort(reason);
    const { error } = await running;
    expect(place.living()).toEqual([]);
    expect(isCodexError(error, 'ABORT_ERR') && error.reason).toBe(reason);
    expect(await timeUntilGone(start)).toBeLessThan(BOUND);
  });

  it('is gone with everything when a timed-out run errors', async () => {
    await using scripted = await workingAgent(ground);
    const running = observe(exec$({ ...fullAccess(scripted, place), prompt: 'Work.', timeout: 5_000 }));
    await allAsleep(place);
    expect((await running).error).toMatchObject({ code: 'RUN_TIMEOUT' });
    expect(place.living()).toEqual([]);
  });

  it('is gone with everything after idleTimeout', async () => {
    await using scripted = await workingAgent(ground);
    const limits = { first: 20_000, each: 2_500, whileRunning: 2_500 };
    const running = observe(exec$({ ...fullAccess(scripted, place), prompt: 'Work.' }).pipe(idleTimeout(limits)));
    await allAsleep(place);
    expect((await running).error).toMatchObject({ code: 'IDLE_TIMEOUT' });
    const start = performance.now();
    expect(await timeUntilGone(start)).toBeLessThan(BOUND);
  });

  it('is gone with everything after an operator that unsubscribes', async () => {
    await using scripted = await workingAgent(ground);
    const enough$ = new Subject<void>();
    const running = observe(exec$({ ...fullAccess(scripted, place), prompt: 'Work.' }).pipe(takeUntil(enough$)));
    await allAsleep(place);
    const start = performance.now();
    enough$.next();
    expect((await running).error).toBeUndefined();
    expect(await timeUntilGone(start)).toBeLessThan(BOUND);
  });

  it('is gone with everything after an error downstream', async () => {
    await using scripted = await workingAgent(ground);
    const trouble$ = new Subject<string>();
    const failing$ = merge(exec$({ ...fullAccess(scripted, place), prompt: 'Work.' }), trouble$).pipe(
      map((value) => {
        if (value === 'trouble') throw new Error('downstream');
        return value;
      }),
    );
    const running = observe(failing$);
    await allAsleep(place);
    const start = performance.now();
    trouble$.next('trouble');
    expect((await running).error).toMatchObject({ message: 'downstream' });
    expect(await timeUntilGone(start)).toBeLessThan(BOUND);
  });
});

describe('the real CLI', () => {
  it('is gone with everything after take(1), which comes before its first command', async () => {
    await using scripted = await workingAgent('foreground');
    const event = await firstValueFrom(exec$({ ...fullAccess(scripted, place), prompt: 'Work.' }).pipe(take(1)));
    const start = performance.now();
    expect(event.type).toBe('thread.started');
    expect(await timeUntilGone(start)).toBeLessThan(BOUND);
  });

  it('exits without the next step of termination when it is aborted between thread.started and turn.started', async () => {
    await using scripted = await workingAgent('foreground');
    const grace = 20_000;
    for (let round = 0; round < 3; round += 1) {
      const request = { ...fullAccess(scripted, place), prompt: 'Work.', terminateGrace: grace };
      await firstValueFrom(exec$(request));
      const start = performance.now();
      expect(await timeUntilGone(start)).toBeLessThan(grace / 2);
    }
  });

  it('is gone when it is left in the moment of its start', async () => {
    await using scripted = await workingAgent('foreground');
    const signal = await firstValueFrom(run$({ ...fullAccess(scripted, place), prompt: 'Work.' }));
    const start = performance.now();
    expect(signal.type).toBe('started');
    expect(await timeUntilGone(start)).toBeLessThan(BOUND);
  });

  it('is gone with everything although its commands are sandboxed', async () => {
    await using scripted = await workingAgent('foreground');
    const subscription = exec$({
      ...fullAccess(scripted, place),
      sandbox: 'workspace-write',
      prompt: 'Work.',
    }).subscribe();
    await allAsleep(place);
    const start = performance.now();
    subscription.unsubscribe();
    expect(await timeUntilGone(start)).toBeLessThan(BOUND);
  });
});
