import fc from 'fast-check';
import { of, throwError } from 'rxjs';
import { applyPauses } from '../../src/util/apply-pauses.js';
import { PauseGate } from '../../src/util/pause-gate.js';

describe('Holds', () => {
  it('holds while any party does, and tells changes only', () => {
    const step = fc.record({ party: fc.nat(3), pause: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const holds = new PauseGate();
        const told: boolean[] = [];
        holds.bind((isPaused) => told.push(isPaused));
        const parties = Array.from({ length: 4 }, () => holds.acquire());
        const model = new Set<number>();
        for (const { party, pause } of steps) {
          if (pause) {
            parties[party]?.pause();
            model.add(party);
          } else {
            parties[party]?.resume();
            model.delete(party);
          }
          expect(holds.isPaused).toBe(model.size > 0);
          expect(told.at(-1)).toBe(holds.isPaused);
        }
        expect(told.every((isPaused, index) => isPaused === (index % 2 === 1))).toBe(true);
      }),
    );
  });

  it('tells a late listener the state', () => {
    const holds = new PauseGate();
    holds.acquire().pause();
    const told: boolean[] = [];
    holds.bind((isPaused) => told.push(isPaused));
    expect(told).toEqual([true]);
  });

  it('follows paused$, lets go at its end, and hands on its error', () => {
    const hold = { pause: jest.fn(), resume: jest.fn() };
    applyPauses(of(true, false, true), hold, () => undefined);
    expect([hold.pause.mock.calls.length, hold.resume.mock.calls.length]).toEqual([2, 2]);
    const onError = jest.fn();
    const trouble = new Error('trouble');
    applyPauses(
      throwError(() => trouble),
      hold,
      onError,
    );
    expect(onError).toHaveBeenCalledWith(trouble);
  });
});
