import type { ResultOf } from '../../protocol/messages.js';

/** The rate limits of the account. */
export type RateLimits = ResultOf<'account/rateLimits/read'>;
type Snapshot = RateLimits['rateLimits'];

/** Merges an update. Updates are sparse: a field without a value keeps the value before, per limit. */
export function mergeRateLimits(limits: RateLimits, update: Snapshot): RateLimits {
  const id = update.limitId ?? '';
  const byId = limits.rateLimitsByLimitId ?? undefined;
  const isMain = (limits.rateLimits.limitId ?? '') === id;
  return {
    ...limits,
    rateLimits: isMain ? merge(limits.rateLimits, update) : limits.rateLimits,
    ...(byId === undefined ? {} : { rateLimitsByLimitId: { ...byId, [id]: merge(byId[id], update) } }),
  };
}

function merge(before: Snapshot | undefined, update: Snapshot): Snapshot {
  const known = Object.entries(update).filter(([, value]) => value !== null && value !== undefined);
  return { ...(before ?? update), ...Object.fromEntries(known) };
}
