/** A limit of the plan for a period of time. */
export interface RateLimitWindow {
  /** From 0 to 100. */
  readonly usedPercent: number;
  /** The end of the current period, to the second. */
  readonly resetsAt: Date;
}

const MINUTE_MS = 60_000;
/** Time zones differ by multiples of this. */
const ZONE_STEP_MS = 15 * MINUTE_MS;
const MAX_ZONE_DIFFERENCE_MS = 26 * 60 * MINUTE_MS;
/** A time in the form "in 5 minutes" is rounded, and relative to an earlier moment. */
const TOLERANCE_MS = 2_000;

/**
 * Returns the exact end of a usage limit: that of the window whose end the message names, which has no seconds and may
 * be in another time zone. Without a time in the message, the end of the last window that is used up. Otherwise the
 * time of the message.
 *
 * @param stated the end of the minute that the message names
 * @param windows the windows of the session file
 */
export function exactResetTime(
  stated: Date | undefined,
  windows: readonly RateLimitWindow[],
  now: Date,
): Date | undefined {
  const ends = windows
    .slice()
    .sort((a, b) => b.usedPercent - a.usedPercent)
    .filter(({ resetsAt }) => resetsAt > now)
    .map(({ usedPercent, resetsAt }) => ({ isUsedUp: usedPercent >= 100, time: resetsAt.getTime() }));
  if (stated === undefined) {
    const used = ends.filter(({ isUsedUp }) => isUsedUp).map(({ time }) => time);
    return used.length === 0 ? undefined : new Date(Math.max(...used));
  }
  const distance = (time: number): number => stated.getTime() - time;
  const named =
    ends.find(({ time }) => isWithinMinute(distance(time))) ??
    ends.find(
      ({ time }) => Math.abs(distance(time)) <= MAX_ZONE_DIFFERENCE_MS && isWithinMinute(remainder(distance(time))),
    );
  return named === undefined ? stated : new Date(named.time);
}

function isWithinMinute(ms: number): boolean {
  return ms >= -TOLERANCE_MS && ms <= MINUTE_MS + TOLERANCE_MS;
}

function remainder(ms: number): number {
  return ((ms % ZONE_STEP_MS) + ZONE_STEP_MS) % ZONE_STEP_MS;
}
