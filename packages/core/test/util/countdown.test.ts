import { Countdown } from '../../src/util/countdown.js';

describe('Countdown', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('expires once, when its limit is reached', () => {
    const expire = jest.fn();
    new Countdown().limit(100, expire);
    jest.advanceTimersByTime(99);
    expect(expire).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1_000);
    expect(expire).toHaveBeenCalledTimes(1);
  });

  it.each([0, Number.POSITIVE_INFINITY])('has no limit for %p', (ms) => {
    const expire = jest.fn();
    new Countdown().limit(ms, expire);
    expect(jest.getTimerCount()).toBe(0);
    jest.runAllTimers();
    expect(expire).not.toHaveBeenCalled();
  });

  it('begins anew when it is set or restarted, and not when it is over or cleared', () => {
    const [first, second] = [jest.fn(), jest.fn()];
    const countdown = new Countdown();
    countdown.set(100, first);
    jest.advanceTimersByTime(60);
    countdown.set(100, second);
    jest.advanceTimersByTime(60);
    countdown.restart();
    jest.advanceTimersByTime(60);
    expect(second).not.toHaveBeenCalled();
    jest.advanceTimersByTime(40);
    expect(second).toHaveBeenCalledTimes(1);
    countdown.restart();
    countdown.set(100, first);
    countdown.clear();
    countdown.restart();
    jest.advanceTimersByTime(1_000);
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  });
});
