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

  it('expires immediately when it is set to 0', () => {
    const expire = jest.fn();
    new Countdown().set(0, expire);
    jest.advanceTimersByTime(1);
    expect(expire).toHaveBeenCalledTimes(1);
  });

  it('does not expire as long as it is restarted in time', () => {
    const expire = jest.fn();
    const countdown = new Countdown();
    countdown.set(100, expire);
    for (let round = 0; round < 30; round += 1) {
      jest.advanceTimersByTime(99);
      countdown.restart();
    }
    expect(expire).not.toHaveBeenCalled();
    jest.advanceTimersByTime(100);
    expect(expire).toHaveBeenCalledTimes(1);
  });

  it('leaves no timer when it is cleared', () => {
    const countdown = new Countdown();
    countdown.limit(1_000, () => undefined);
    countdown.clear();
    countdown.restart();
    expect(jest.getTimerCount()).toBe(0);
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
