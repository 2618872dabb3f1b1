import { type ExecRequest, exec$, whenIdle } from '@codex-rx/core';
import { finalMessage, hotSwap, idleTimeout, takeUntilTurnEnd } from '@codex-rx/operators';
import { type FakeCodex } from '@codex-rx/testing';
import { livingPids } from '@codex-rx/testing/processes';
import {
  EMPTY,
  finalize,
  firstValueFrom,
  lastValueFrom,
  type Observable,
  ReplaySubject,
  Subject,
  tap,
  toArray,
} from 'rxjs';
import { begins, completes, endOfFirst, lingers, openSlowFake, optionsFor, says } from '../support/slow-fake.js';

interface Attempt {
  readonly request: ExecRequest;
  readonly signal: AbortSignal;
  /** To be called when the run is as far as it shall be when the next values come. */
  readonly ready: () => void;
}

const second = [{ lines: [...begins, says('from the second'), completes] }];

/** Emits a first value, and the others when the run of the first is ready. Returns the results. */
async function swapped<T>(
  fake: FakeCodex,
  prompts: readonly string[],
  project$: (attempt: Attempt) => Observable<T>,
): Promise<T[]> {
  const prompts$ = new Subject<string>();
  const ready$ = new ReplaySubject<void>(1);
  const ready = (): void => {
    ready$.next();
  };
  const values = lastValueFrom(
    prompts$.pipe(
      hotSwap((prompt, { signal }) => {
        expect(livingPids(fake.pids())).toEqual([]);
        return project$({
          request: { prompt, ...optionsFor(fake) },
          signal,
          ready,
        });
      }),
      toArray(),
    ),
  );
  prompts$.next('first');
  await Promise.race([firstValueFrom(ready$), values]);
  for (const prompt of prompts) prompts$.next(prompt);
  prompts$.complete();
  return values;
}

/** That two processes were there, the second one from the end of the first on, and that none is left. */
async function expectOneAfterTheOther(fake: FakeCodex): Promise<void> {
  await whenIdle();
  expect(livingPids(fake.pids())).toEqual([]);
  expect(fake.invocations()).toHaveLength(2);
  expect(fake.invocations()[1]?.started.getTime()).toBeGreaterThanOrEqual(Math.floor(endOfFirst(fake)));
}

describe('hotSwap of processes', () => {
  it('begins with the latest value when the process before is gone', async () => {
    await using fake = await openSlowFake([{ lines: begins }, { hang: true }], second);
    const values = await swapped(fake, ['dropped', 'dropped, too', 'latest'], ({ request, signal, ready }) =>
      exec$({ ...request, signal }).pipe(
        tap(({ type }) => {
          if (type === 'turn.started') ready();
        }),
        finalMessage(),
      ),
    );
    expect(values).toEqual(['from the second']);
    expect(fake.invocations().map(({ stdin }) => stdin)).toEqual(['first', 'latest']);
    // SIGINT repeats until the process has exited.
    expect(new Set(fake.invocations()[0]?.signals)).toEqual(new Set(['SIGINT']));
    await expectOneAfterTheOther(fake);
  });

  it('waits for a process that outlives its stream, as after takeUntilTurnEnd()', async () => {
    await using fake = await openSlowFake([{ lines: [...begins, completes] }, ...lingers], second);
    await swapped(fake, ['second'], ({ request, signal, ready }) =>
      exec$({ ...request, signal }).pipe(takeUntilTurnEnd(), finalize(ready)),
    );
    // Its turn was over, so it was left to end by itself.
    expect(fake.invocations()[0]?.signals).toEqual([]);
    await expectOneAfterTheOther(fake);
  });

  it('waits for a process that an operator has left, as idleTimeout() does', async () => {
    await using fake = await openSlowFake([{ lines: begins }, { hang: true }], second);
    await swapped(fake, ['second'], ({ request, signal, ready }) =>
      exec$({ ...request, signal }).pipe(
        idleTimeout({ first: 30_000, each: request.prompt === 'first' ? 100 : 30_000, with: () => EMPTY }),
        finalize(ready),
      ),
    );
    // SIGINT repeats until the process has exited.
    expect(new Set(fake.invocations()[0]?.signals)).toEqual(new Set(['SIGINT']));
    await expectOneAfterTheOther(fake);
  });

  it('waits for a process that was left while another stream goes on', async () => {
    await using fake = await openSlowFake([{ lines: begins }, { hang: true }], second);
    const last$ = new Subject<never>();
    await swapped(fake, ['second'], ({ request, signal, ready }) => {
      if (request.prompt !== 'first') return exec$({ ...request, signal });
      signal.addEventListener('abort', () => {
        last$.complete();
      });
      return exec$({ ...request, signal }).pipe(
        idleTimeout({
          first: 30_000,
          each: 100,
          with: () => {
            ready();
            return last$;
          },
        }),
      );
    });
    await expectOneAfterTheOther(fake);
  });

  it('leaves no process when it is left, and begins no other one', async () => {
    await using fake = await openSlowFake([{ lines: begins }, { hang: true }], second);
    const prompts$ = new Subject<string>();
    const isAtWork$ = new ReplaySubject<void>(1);
    const subscription = prompts$
      .pipe(hotSwap((prompt, { signal }) => exec$({ prompt, ...optionsFor(fake), signal })))
      .subscribe(({ type }) => {
        if (type === 'turn.started') isAtWork$.next();
      });
    prompts$.next('first');
    await firstValueFrom(isAtWork$);
    // The next value waits for the first process when the consumer leaves.
    prompts$.next('second');
    subscription.unsubscribe();
    await whenIdle();
    expect(livingPids(fake.pids())).toEqual([]);
    expect(fake.invocations().map(({ stdin }) => stdin)).toEqual(['first']);
  });
});
