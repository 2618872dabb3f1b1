import { StopController } from '../../src/run/stop-controller.js';

describe('StopController', () => {
  it('keeps the first reason', async () => {
    const controller = new StopController();
    controller.throwIfStopped();
    expect(controller.stop({ kind: 'unsubscribed' })).toBe(true);
    expect(controller.stop({ kind: 'complete' })).toBe(false);
    expect(controller.reason).toEqual({ kind: 'unsubscribed' });
    await controller.whenStopped;
    expect(() => {
      controller.throwIfStopped();
    }).toThrow();
  });

  it('rejects when it is stopped before the work is done, and otherwise settles as the work does', async () => {
    const controller = new StopController();
    expect(await controller.race(Promise.resolve(7))).toBe(7);
    await expect(controller.race(Promise.reject(new Error('work')))).rejects.toThrow('work');
    const never = controller.race(new Promise(() => undefined));
    controller.stop({ kind: 'unsubscribed' });
    await expect(never).rejects.toBeInstanceOf(Error);
  });
});
