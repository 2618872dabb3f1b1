import fc from 'fast-check';
import { parseResetTime } from '../../src/outcome/reset-time.js';

const now = new Date(2026, 10, 23, 14, 30, 15);

describe('parseResetTime', () => {
  it.each<[string, Date | undefined]>([
    ['or try again at Nov 30th, 2026 12:53 AM.', new Date(2026, 10, 30, 0, 54)],
    ['try again at Dec 1st, 2026 12:05 PM.', new Date(2026, 11, 1, 12, 6)],
    ['try again at Jan 2nd, 2027 3:45 PM.', new Date(2027, 0, 2, 15, 46)],
    ['try again at 3:45 PM.', new Date(2026, 10, 23, 15, 46)],
    ['try again at 2:30 PM.', new Date(2026, 10, 23, 14, 31)],
    ['try again at 2:29 PM.', new Date(2026, 10, 24, 14, 30)],
    ['try again at 1:00 AM.', new Date(2026, 10, 24, 1, 1)],
    ['try again in 1 hour.', new Date(now.getTime() + 3_600_000 + 60_000)],
    ['try again in less than a minute.', new Date(now.getTime() + 60_000)],
    ['try again in 2 days 3 hours 5 minutes.', new Date(now.getTime() + 2 * 86_400_000 + 3 * 3_600_000 + 360_000)],
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
        // A day may have 25 hours.
        expect(ahead).toBeLessThanOrEqual(25 * 3_600_000 + 60_000);
      }),
    );
  });

  it.each<[zone: string, sentence: string, expected: string]>([
    ['America/New_York', 'Nov 30th, 2026 12:53 AM', '2026-11-30T05:54:00.000Z'],
    ['America/New_York', 'Jul 1st, 2027 12:53 AM', '2027-07-01T04:54:00.000Z'],
    ['Asia/Kolkata', 'Nov 30th, 2026 12:53 AM', '2026-11-29T19:24:00.000Z'],
    [':Pacific/Auckland', 'Nov 30th, 2026 12:53 AM', '2026-11-29T11:54:00.000Z'],
    ['UTC', '3:45 PM', '2026-11-23T15:46:00.000Z'],
    // The clock is set back at 2:00: the later of the two instants.
    ['America/New_York', 'Nov 1st, 2026 1:30 AM', '2026-11-01T06:31:00.000Z'],
    // The clock is set forward at 2:00.
    ['America/New_York', 'Mar 14th, 2027 2:30 AM', '2027-03-14T07:31:00.000Z'],
  ])('reads times in the zone of the run: %s, %s', (zone, sentence, expected) => {
    const at = parseResetTime(`try again at ${sentence}.`, new Date('2026-11-23T14:30:15Z'), zone);
    expect(at?.toISOString()).toBe(expected);
  });

  it.each(['', 'No/Such_Zone', 'local'])('uses the zone of the host for TZ=%j', (zone) => {
    expect(parseResetTime('try again at 3:45 PM.', now, zone)).toEqual(new Date(2026, 10, 23, 15, 46));
  });

  it.each([
    ['/usr/share/zoneinfo/Asia/Tokyo', '2026-12-01T06:46:00.000Z'],
    [':/usr/share/zoneinfo/Asia/Tokyo', '2026-12-01T06:46:00.000Z'],
    ['UTC+5', '2026-12-01T20:46:00.000Z'],
    ['<-03>3', '2026-12-01T18:46:00.000Z'],
    ['JST-9', '2026-12-01T06:46:00.000Z'],
    ['ABC+05:00', '2026-12-01T20:46:00.000Z'],
  ])('reads TZ=%s as the C library does', (zone, expected) => {
    const now = new Date('2026-12-01T04:00:00Z');
    expect(parseResetTime('try again at 3:45 PM.', now, zone)?.toISOString()).toBe(expected);
  });
});
