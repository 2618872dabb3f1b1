import { markEnding, runsEndingOn, trackPending, waitForRuns, whenIdle } from '../../src/process/pending-runs.js';
import { THREAD } from '../exec/support/lines.js';

describe('predecessors', () => {
  const pending = () => {
    let resolve: () => void = () => undefined;
    const promise = new Promise<void>((settle) => (resolve = settle));
    return { promise, resolve };
  };
  const resume = (session: string | { last: true }) => ({ command: 'resume' as const, prompt: 'x', session });

  it('are the runs that leave a thread, however its id is spelt, until they have settled', async () => {
    const run = pending();
    markEnding(THREAD.toUpperCase(), run.promise);
    expect(runsEndingOn(resume(THREAD))).toEqual([run.promise]);
    expect(runsEndingOn({ command: 'fork', session: THREAD })).toEqual([run.promise]);
    expect(runsEndingOn(resume(THREAD.replace('0', '1')))).toEqual([]);
    expect(runsEndingOn({ prompt: 'x' })).toEqual([]);
    expect(runsEndingOn(resume('a name'))).toEqual([run.promise]);
    expect(runsEndingOn(resume({ last: true }))).toEqual([run.promise]);
    run.resolve();
    await run.promise;
    await Promise.resolve();
    expect(runsEndingOn(resume(THREAD))).toEqual([]);
    expect(runsEndingOn(resume('a name'))).toEqual([]);
  });

  it('are waited for no longer than the limit', async () => {
    await expect(waitForRuns([new Promise(() => undefined)], 20)).resolves.toBeUndefined();
    await waitForRuns([], 3_600_000);
    await waitForRuns([Promise.reject(new Error('whatever')), Promise.resolve()], 3_600_000);
  });

  it('whenIdle() waits for runs that begin while it waits', async () => {
    const [first, second] = [pending(), pending()];
    trackPending(first.promise);
    let isIdle = false;
    const idle = whenIdle().then(() => (isIdle = true));
    trackPending(second.promise);
    first.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(isIdle).toBe(false);
    second.resolve();
    await idle;
  });
});
