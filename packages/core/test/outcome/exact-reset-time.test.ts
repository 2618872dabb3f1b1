import fc from 'fast-check';
import { exactResetTime, type RateLimitWindow } from '../../src/outcome/exact-reset-time.js';
import { parseResetTime } from '../../src/outcome/reset-time.js';

const now = new Date('2026-12-01T02:00:00Z');
const at = (time: string): Date => new Date(`2026-12-${time}Z`);
const window = (time: string, usedPercent = 100): RateLimitWindow => ({ usedPercent, resetsAt: at(time) });

describe('exactResetTime', () => {
  it.each<[name: string, told: Date | undefined, windows: RateLimitWindow[], expected: Date | undefined]>([
    ['the time of the message without windows', at('01T03:55:00'), [], at('01T03:55:00')],
    ['the window that the message names', at('01T03:55:00'), [window('01T03:54:40')], at('01T03:54:40')],
    ['the start of the minute', at('01T03:55:00'), [window('01T03:54:00')], at('01T03:54:00')],
    ['a window that is not used up', at('01T03:55:00'), [window('01T03:54:40', 7)], at('01T03:54:40')],
    [
      'the named one of two windows',
      at('06T03:55:00'),
      [window('01T03:54:40'), window('06T03:54:01')],
      at('06T03:54:01'),
    ],
    ['a window in another time zone', at('01T09:25:00'), [window('01T03:54:40')], at('01T03:54:40')],
    ['not a window of another minute', at('01T03:55:00'), [window('01T03:50:00')], at('01T03:55:00')],
    ['not a window that has ended', at('01T03:55:00'), [window('01T01:54:40')], at('01T03:55:00')],
    ['not a window of another week', at('08T03:55:00'), [window('01T03:54:40')], at('08T03:55:00')],
    ['nothing without a time and windows', undefined, [], undefined],
    [
      'without a time, the last window that is used up',
      undefined,
      [window('01T04:00:00'), window('02T00:00:00'), window('03T00:00:00', 99)],
      at('02T00:00:00'),
    ],
    ['without a time, no window that is not used up', undefined, [window('01T04:00:00', 99)], undefined],
  ])('returns %s', (_name, told, windows, expected) => {
    expect(exactResetTime(told, windows, now)).toEqual(expected);
  });

  it('returns the exact second for each time and each zone, also for a zone that is unknown', () => {
    const zones = fc.constantFrom('UTC', 'America/Los_Angeles', 'Asia/Kathmandu', 'Pacific/Chatham');
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 86_000 }), zones, zones, (seconds, own, assumed) => {
        const resetsAt = new Date(now.getTime() + seconds * 1000);
        const clock = resetsAt.toLocaleTimeString('en-US', { timeZone: own, hour: 'numeric', minute: '2-digit' });
        const told = parseResetTime(`Try again at ${clock.replace(/\s/u, ' ')}.`, now, assumed);
        expect(exactResetTime(told, [{ usedPercent: 100, resetsAt }], now)).toEqual(resetsAt);
      }),
    );
  });
});
