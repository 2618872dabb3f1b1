import { exec$, resume$, whenIdle } from '@codex-rx/core';
import { RunTimeoutError } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { idleTimeout, resumeOnFailure } from '@codex-rx/operators';
import { type FakeCodex, type FakeStep } from '@codex-rx/testing';
import { livingPids } from '@codex-rx/testing/processes';
import {
  concat,
  concatMap,
  filter,
  firstValueFrom,
  identity,
  lastValueFrom,
  type MonoTypeOperatorFunction,
  type Observable,
  of,
  tap,
  throwError,
  toArray,
} from 'rxjs';
import {
  begins,
  completes,
  endOfFirst,
  noteEnd,
  openSlowFake,
  optionsFor,
  says,
  THREAD,
} from '../support/slow-fake.js';

const second = [{ lines: [...begins, says('done'), completes] }];

/** A run that resumes its thread after a failure. */
function persistent$(fake: FakeCodex, each: MonoTypeOperatorFunction<ThreadEvent> = identity): Observable<ThreadEvent> {
  const options = optionsFor(fake);
  return exec$({ prompt: 'Fix it.', ...options }).pipe(
    each,
    resumeOnFailure({ delay: 0, resume: (session) => resume$({ session, prompt: 'Go on.', ...options }).pipe(each) }),
  );
}

/** Events in short: `thread.started (1)` belongs to the first resumed attempt. */
async function observe(events$: Observable<ThreadEvent>): Promise<string[]> {
  const events = await lastValueFrom(events$.pipe(toArray()));
  await whenIdle();
  return events.map((event) =>
    event.type === 'thread.started' && event.attempt !== undefined ? `${event.type} (${event.attempt})` : event.type,
  );
}

const goesOn = ['thread.started (1)', 'turn.started', 'item.completed', 'turn.completed'];

/**
 * Expects two processes, of which the second resumed the thread after the exit of the first, and none alive.
 */
function expectToGoOn(fake: FakeCodex): void {
  expect(livingPids(fake.pids())).toEqual([]);
  const [first, next, ...more] = fake.invocations();
  expect(more).toEqual([]);
  expect(first?.stdin).toBe('Fix it.');
  expect(first?.argv).not.toContain('resume');
  expect(next?.stdin).toBe('Go on.');
  expect(next?.argv.join(' ')).toMatch(new RegExp(`^exec .*\\bresume\\b.* ${THREAD}\\b`));
  expect(next?.started.getTime()).toBeGreaterThanOrEqual(Math.floor(endOfFirst(fake)));
}

describe('resumeOnFailure of processes', () => {
  it.each<[string, FakeStep[]]>([
    ['that crash', [{ stderr: "thread 'main' panicked at core/src/lib.rs:1:1" }, noteEnd, { exit: 101 }]],
    ['that are killed', [noteEnd, { signal: 'SIGKILL' }]],
  ])('goes on with the thread of those %s', async (_, end) => {
    await using fake = await openSlowFake([{ lines: begins }, ...end], second);
    expect(await observe(persistent$(fake))).toEqual(['thread.started', 'turn.started', ...goesOn]);
    expectToGoOn(fake);
  });

  it('goes on after a turn that was disconnected, whose event is passed on', async () => {
    const failed = { type: 'turn.failed', error: { message: 'stream disconnected before completion' } };
    await using fake = await openSlowFake([{ lines: [...begins, failed] }, noteEnd, { exit: 1 }], second);
    expect(await observe(persistent$(fake))).toEqual(['thread.started', 'turn.started', 'turn.failed', ...goesOn]);
    expectToGoOn(fake);
  });

  it('goes on when idleTimeout() has ended a process that hung, once that is gone', async () => {
    await using fake = await openSlowFake([{ lines: begins }, { hang: true }], second);
    const idle$ = idleTimeout({ first: 30_000, each: 200 });
    expect(await observe(persistent$(fake, idle$))).toEqual(['thread.started', 'turn.started', ...goesOn]);
    // SIGINT repeats until the process has exited.
    expect(new Set(fake.invocations()[0]?.signals)).toEqual(new Set(['SIGINT']));
    expectToGoOn(fake);
  });

  it('never repeats a turn that was complete, though its process fails then', async () => {
    await using fake = await openSlowFake([{ lines: [...begins, completes] }, { exit: 101 }], second);
    expect(await observe(persistent$(fake))).toEqual(['thread.started', 'turn.started', 'turn.completed']);
    expect(fake.invocations()).toHaveLength(1);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('never repeats a turn that was complete, though an operator fails then', async () => {
    await using fake = await openSlowFake([{ lines: [...begins, completes] }, { exit: 101 }], second);
    const types: string[] = [];
    const failing$ = concatMap((event: ThreadEvent) =>
      event.type === 'turn.completed'
        ? concat(
            of(event),
            throwError(() => new RunTimeoutError(1)),
          )
        : of(event),
    );
    const events$ = persistent$(fake, failing$).pipe(tap(({ type }) => types.push(type)));
    await expect(observe(events$)).rejects.toThrow(RunTimeoutError);
    expect(types).toEqual(['thread.started', 'turn.started', 'turn.completed']);
    await whenIdle();
    expect(fake.invocations()).toHaveLength(1);
    expect(livingPids(fake.pids())).toEqual([]);
  });

  it('leaves no process when it is left in the middle of an attempt', async () => {
    await using fake = await openSlowFake(
      [{ lines: begins }, noteEnd, { exit: 101 }],
      [{ lines: begins }, { hang: true }],
    );
    const isResumed = (event: ThreadEvent): boolean => event.type === 'thread.started' && event.attempt === 1;
    await firstValueFrom(persistent$(fake).pipe(filter(isResumed)));
    await whenIdle();
    expectToGoOn(fake);
  });
});
