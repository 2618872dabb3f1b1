import { EarlyEnd } from '../../src/run/stop-controller.js';

describe('EarlyEnd', () => {
  it('has the first cause, for good', async () => {
    const early = new EarlyEnd();
    early.check();
    expect(early.set({ how: 'silent' })).toBe(true);
    expect(early.set({ how: 'complete' })).toBe(false);
    expect(early.cause).toEqual({ how: 'silent' });
    await early.happened;
    expect(() => {
      early.check();
    }).toThrow();
  });

  it('gives work up when the end comes first, and hands its result or its error on otherwise', async () => {
    const early = new EarlyEnd();
    expect(await early.orStopped(Promise.resolve(7))).toBe(7);
    await expect(early.orStopped(Promise.reject(new Error('work')))).rejects.toThrow('work');
    const never = early.orStopped(new Promise(() => undefined));
    early.set({ how: 'silent' });
    await expect(never).rejects.toBeInstanceOf(Error);
  });
});
