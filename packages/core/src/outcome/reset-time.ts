const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The sentence is short; the rest of a longer message is not searched. */
const MAX_SENTENCE_CHARACTERS = 200;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/\b(\d{1,6})\s{0,4}day/i, DAY_MS],
  [/\b(\d{1,6})\s{0,4}hour/i, 3_600_000],
  [/\b(\d{1,6})\s{0,4}minute/i, MINUTE_MS],
  [/\b(\d{1,6})\s{0,4}second/i, 1_000],
];

/**
 * Parses the end of a usage limit from the CLI's sentence: `try again at Nov 30th, 2026 12:53 AM`, `at 3:45 PM` (the
 * next such time), or `in 1 hour 5 minutes`. Returns `undefined` without a time.
 *
 * The CLI omits the seconds, so the result is the end of the minute: the limit is over by then.
 *
 * @param timeZone the `TZ` of the run; the zone of the host if it is not set or unknown
 */
export function parseResetTime(message: string, now: Date, timeZone?: string): Date | undefined {
  const start = message.toLowerCase().lastIndexOf('try again ');
  if (start === -1) return undefined;
  const [sentence = ''] = message.slice(start, start + MAX_SENTENCE_CHARACTERS).split('.');
  return /^try again in\b/i.test(sentence) ? parseDuration(sentence, now) : parseClock(sentence, now, timeZone);
}

function parseDuration(sentence: string, now: Date): Date | undefined {
  if (/less than a minute/i.test(sentence)) return new Date(now.getTime() + MINUTE_MS);
  const parts = UNITS.map(([pattern, unit]) => Number(pattern.exec(sentence)?.[1] ?? 0) * unit);
  const ms = parts.reduce((sum, part) => sum + part, 0);
  if (ms === 0) return undefined;
  return new Date(now.getTime() + ms + (/\dsecond|\d second/i.test(sentence) ? 0 : MINUTE_MS));
}

function parseClock(sentence: string, now: Date, timeZone: string | undefined): Date | undefined {
  const clock = /\b(\d{1,2}):(\d{2})\s{0,4}([AP])M/i.exec(sentence);
  if (clock === null) return undefined;
  const hours = (Number(clock[1]) % 12) + (clock[3]?.toUpperCase() === 'P' ? 12 : 0);
  const minutes = Number(clock[2]);
  const endOfMinute = (year: number, month: number, day: number): Date =>
    new Date(instant([year, month, day, hours, minutes], timeZone).getTime() + MINUTE_MS);
  const date = /\b([a-z]{3})[a-z]{0,6}\s{1,4}(\d{1,2})(?:st|nd|rd|th)?,\s{0,4}(\d{4})/i.exec(sentence);
  if (date !== null) {
    const month = MONTHS.indexOf(date[1]?.toLowerCase() ?? '');
    return month === -1 ? undefined : endOfMinute(Number(date[3]), month, Number(date[2]));
  }
  const [year, month, day] = wallTime(now, timeZone);
  const today = endOfMinute(year, month, day);
  return today > now ? today : endOfMinute(year, month, day + 1);
}

type WallTime = readonly [year: number, month: number, day: number, hours: number, minutes: number];

/** Returns the instant of a wall time. In the hour that a change of the clock skips, the result is one hour later. */
function instant(wall: WallTime, timeZone: string | undefined): Date {
  const [year, month, day, hours, minutes] = wall;
  const format = zoneFormat(timeZone);
  if (format === undefined) return new Date(year, month, day, hours, minutes);
  const asUtc = Date.UTC(year, month, day, hours, minutes);
  const offset = (at: number): number => Date.UTC(...wallTime(new Date(at), timeZone)) - at;
  // The later of the two instants that the offsets around it suggest, so that no run resumes early.
  const candidates = [offset(asUtc - DAY_MS), offset(asUtc + DAY_MS)].map((ms) => asUtc - ms);
  const matching = candidates.filter((at) => at + offset(at) === asUtc);
  return new Date(Math.max(...(matching.length === 0 ? candidates : matching)));
}

function wallTime(at: Date, timeZone: string | undefined): WallTime {
  const format = zoneFormat(timeZone);
  if (format === undefined) return [at.getFullYear(), at.getMonth(), at.getDate(), at.getHours(), at.getMinutes()];
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return [part('year'), part('month') - 1, part('day'), part('hour'), part('minute')];
}

/** Returns `undefined` for a zone that is not set, or not in the database of zones. */
function zoneFormat(timeZone: string | undefined): Intl.DateTimeFormat | undefined {
  const name = zoneName(timeZone ?? '');
  if (name === '') return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...{ timeZone: name, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric' },
    });
  } catch {
    return undefined;
  }
}

/** A name with a fixed offset, such as `UTC+5` or `<-03>3`: positive offsets are west of Greenwich. */
const FIXED_OFFSET = /^(?:<[\w+-]{1,10}>|[A-Za-z]{3,10})([+-]?)0?(\d{1,2})(?::00)?$/;

/** Returns the name of the zone in the database for a value of `TZ`, which may be a file or a POSIX offset. */
function zoneName(tz: string): string {
  const name = tz.replace(/^:/, '').replace(/^\/.{0,200}\/zoneinfo\//, '');
  const [, sign, hours] = FIXED_OFFSET.exec(name) ?? [];
  if (hours === undefined) return name;
  return hours === '0' ? 'UTC' : `Etc/GMT${sign === '-' ? '-' : '+'}${hours}`;
}
