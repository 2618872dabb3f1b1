const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/(\d+)\s*day/i, 86_400_000],
  [/(\d+)\s*hour/i, 3_600_000],
  [/(\d+)\s*minute/i, 60_000],
  [/(\d+)\s*second/i, 1_000],
];

/**
 * Parses the end of a usage limit from the CLI's sentence: `try again at Nov 30th, 2026 12:53 AM`, `at 3:45 PM` (the
 * next such time; both in the local time of the CLI), or `in 1 hour 5 minutes`. Returns `undefined` without a time.
 */
export function parseResetTime(message: string, now: Date): Date | undefined {
  const sentence = /try again (at|in) ([^.]*)/i.exec(message);
  if (sentence?.[2] === undefined) return undefined;
  return sentence[1]?.toLowerCase() === 'in' ? after(sentence[2], now) : at(sentence[2], now);
}

function after(duration: string, now: Date): Date | undefined {
  let ms = 0;
  for (const [pattern, unit] of UNITS) ms += Number(pattern.exec(duration)?.[1] ?? 0) * unit;
  return ms === 0 ? undefined : new Date(now.getTime() + ms);
}

function at(text: string, now: Date): Date | undefined {
  const clock = /(\d{1,2}):(\d{2})\s*([AP])M/i.exec(text);
  if (clock === null) return undefined;
  const hours = (Number(clock[1]) % 12) + (clock[3]?.toUpperCase() === 'P' ? 12 : 0);
  const minutes = Number(clock[2]);
  const day = /([A-Za-z]{3})[a-z]*\s+(\d{1,2})(?:st|nd|rd|th)?,\s*(\d{4})/.exec(text);
  if (day !== null) {
    const month = MONTHS.indexOf(day[1]?.toLowerCase() ?? '');
    return month === -1 ? undefined : new Date(Number(day[3]), month, Number(day[2]), hours, minutes);
  }
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate(), hours, minutes);
  if (today <= now) today.setDate(today.getDate() + 1);
  return today;
}
