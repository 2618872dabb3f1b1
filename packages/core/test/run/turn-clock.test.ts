import { of } from 'rxjs';
import { TurnClock } from '../../src/run/turn-clock.js';

describe('TurnClock', () => {
  const clock = (timeout: number, linger: number) => {
    const events: string[] = [];
    return {
      events,
      clock: new TurnClock(
        { timeout, linger },
        { expired: () => events.push('expired'), outstayed: () => events.push('outstayed') },
      ),
    };
  };
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('expires when the turn is not over in time', () => {
    const { clock: one, events } = clock(1_000, 100);
    one.spawned();
    jest.advanceTimersByTime(999);
    one.activity();
    expect(events).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(events).toEqual(['expired']);
  });

  it('counts silence only, once the turn is over', () => {
    const { clock: one, events } = clock(1_000, 100);
    one.spawned();
    one.turnOver();
    for (let round = 0; round < 30; round += 1) {
      jest.advanceTimersByTime(99);
      one.activity();
    }
    expect(events).toEqual([]);
    jest.advanceTimersByTime(100);
    expect(events).toEqual(['outstayed']);
  });

  it.each([0, Infinity])('has no limit with a timeout of %s', (timeout) => {
    const { clock: one } = clock(timeout, 100);
    one.spawned();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is outstayed at once with a linger of 0', () => {
    const { clock: one, events } = clock(0, 0);
    one.turnOver();
    jest.advanceTimersByTime(1);
    expect(events).toEqual(['outstayed']);
  });

  it('leaves no timer when it is stopped', () => {
    const { clock: one } = clock(1_000, 100);
    one.spawned();
    one.stop();
    one.turnOver();
    one.stop();
    one.activity();
    expect(jest.getTimerCount()).toBe(0);
  });
});
