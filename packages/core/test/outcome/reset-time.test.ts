import fc from 'fast-check';
import { parseResetTime } from '../../src/outcome/reset-time.js';

const now = new Date(2026, 10, 23, 14, 30, 15);

describe('parseResetTime', () => {
  it.each<[string, Date | undefined]>([
    ['or try again at Nov 30th, 2026 12:53 AM.', new Date(2026, 10, 30, 0, 53)],
    ['try again at Dec 1st, 2026 12:05 PM.', new Date(2026, 11, 1, 12, 5)],
    ['try again at Jan 2nd, 2027 3:45 PM.', new Date(2027, 0, 2, 15, 45)],
    ['try again at 3:45 PM.', new Date(2026, 10, 23, 15, 45)],
    ['try again at 2:30 PM.', new Date(2026, 10, 24, 14, 30)],
    ['try again at 1:00 AM.', new Date(2026, 10, 24, 1, 0)],
    ['try again in 1 hour.', new Date(now.getTime() + 3_600_000)],
    ['try again in 2 days 3 hours 5 minutes.', new Date(now.getTime() + 2 * 86_400_000 + 3 * 3_600_000 + 300_000)],
    ['try again in 30 seconds.', new Date(now.getTime() + 30_000)],
    ['try again later.', undefined],
    ['try again at noon.', undefined],
    ['try again at Xyz 3rd, 2026 1:00 AM.', undefined],
    ['try again in a while.', undefined],
    ['nothing of the kind', undefined],
  ])('of "%s" is %s', (sentence, expected) => {
    expect(parseResetTime(`You've hit your usage limit. Upgrade to Pro or ${sentence}`, now)).toEqual(expected);
  });

  it('lies in the future for every time of the day', () => {
    const clock = fc.tuple(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 59 }),
      fc.constantFrom('AM', 'PM'),
    );
    fc.assert(
      fc.property(clock, ([hours, minutes, half]) => {
        const at = parseResetTime(`try again at ${hours}:${String(minutes).padStart(2, '0')} ${half}.`, now);
        const ahead = (at?.getTime() ?? 0) - now.getTime();
        expect(ahead).toBeGreaterThan(0);
        // A day, and the hour by which it may be longer.
        expect(ahead).toBeLessThanOrEqual(25 * 3_600_000);
      }),
    );
  });
});
