import { StopController } from '../../src/run/stop-controller.js';

describe('EarlyEnd', () => {
  it('has the first cause, for good', async () => {
    const early = new StopController();
    early.throwIfStopped();
    expect(early.stop({ kind: 'silent' })).toBe(true);
    expect(early.stop({ kind: 'complete' })).toBe(false);
    expect(early.cause).toEqual({ how: 'silent' });
    await early.happened;
    expect(() => {
      early.throwIfStopped();
    }).toThrow();
  });

  it('gives work up when the end comes first, and hands its result or its error on otherwise', async () => {
    const early = new StopController();
    expect(await early.race(Promise.resolve(7))).toBe(7);
    await expect(early.race(Promise.reject(new Error('work')))).rejects.toThrow('work');
    const never = early.race(new Promise(() => undefined));
    early.stop({ kind: 'silent' });
    await expect(never).rejects.toBeInstanceOf(Error);
  });
});
