/** Names the periods of a time zone in which a time lies. */
export interface Calendar {
  /** `2026-11-30`. */
  day(time: number): string;
  /** The Monday of the week: `2026-11-30`. */
  week(time: number): string;
  /** `2026-11`. */
  month(time: number): string;
}

/** All time zones differ from UTC by a multiple of this. */
const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;

/**
 * Creates the calendar of a time zone.
 *
 * @param timeZone such as `Europe/Berlin`
 * @throws RangeError for an unknown time zone
 */
export function createCalendar(timeZone: string): Calendar {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  // Formatting takes longer than reading a record.
  const days = new Map<number, string>();
  const day = (time: number): string => {
    const quarter = Math.floor(time / QUARTER_MS);
    const known = days.get(quarter);
    if (known !== undefined) return known;
    const parts = new Map(format.formatToParts(quarter * QUARTER_MS).map(({ type, value }) => [type, value]));
    const name = `${parts.get('year') ?? ''}-${parts.get('month') ?? ''}-${parts.get('day') ?? ''}`;
    days.set(quarter, name);
    return name;
  };
  return { day, week: (time) => mondayOf(day(time)), month: (time) => day(time).slice(0, 7) };
}

/** Returns the Monday on or before a day, both as `2026-11-30`. */
function mondayOf(day: string): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  const sinceMonday = (new Date(time).getUTCDay() + 6) % 7;
  return new Date(time - sinceMonday * DAY_MS).toISOString().slice(0, 10);
}
