import { leaveThread, leavingThread, trackSettling, waitFor, whenIdle } from '../../src/process/pending-runs.js';
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
    leaveThread(THREAD.toUpperCase(), run.promise);
    expect(leavingThread(resume(THREAD))).toEqual([run.promise]);
    expect(leavingThread({ command: 'fork', session: THREAD })).toEqual([run.promise]);
    expect(leavingThread(resume(THREAD.replace('0', '1')))).toEqual([]);
    expect(leavingThread({ prompt: 'x' })).toEqual([]);
    expect(leavingThread(resume('a name'))).toEqual([run.promise]);
    expect(leavingThread(resume({ last: true }))).toEqual([run.promise]);
    run.resolve();
    await run.promise;
    await Promise.resolve();
    expect(leavingThread(resume(THREAD))).toEqual([]);
    expect(leavingThread(resume('a name'))).toEqual([]);
  });

  it('are waited for no longer than the limit', async () => {
    await expect(waitFor([new Promise(() => undefined)], 20)).resolves.toBeUndefined();
    await waitFor([], 3_600_000);
    await waitFor([Promise.reject(new Error('whatever')), Promise.resolve()], 3_600_000);
  });

  it('whenIdle() waits for runs that begin while it waits', async () => {
    const [first, second] = [pending(), pending()];
    trackSettling(first.promise);
    let isIdle = false;
    const idle = whenIdle().then(() => (isIdle = true));
    trackSettling(second.promise);
    first.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(isIdle).toBe(false);
    second.resolve();
    await idle;
  });
});
