import { RequestError } from '../errors/index.js';
import { checkTable, describeValue } from '../request/checks.js';
import type { CachePolicy } from './probe-capabilities.js';
import type { Capabilities } from './types.js';

/** Options of `capabilityCacheTtlDecision`. */
export interface CapabilityTtlOptions {
  /** Milliseconds for which capabilities are valid. Default 300,000. */
  readonly ttl?: number | undefined;
  /** ms since 1970. Default: now. */
  readonly now?: number | undefined;
  /**
   * The number of probes in a row that found no fingerprint, before this one. Each doubles the time until the next
   * probe, up to 15 minutes. Default 0.
   */
  readonly attempts?: number | undefined;
}

/** Whether to probe, and with which policy. */
export interface CapabilityTtlDecision {
  /** Whether the CLI should be probed again. */
  readonly shouldProbe: boolean;
  /** The rule that decided. */
  readonly policy: CachePolicy;
  /** When the capabilities expire, ms since 1970. */
  readonly probeAt: number;
}

const TTL_MS = 300_000;
const MAX_BACKOFF_MS = 900_000;

/**
 * Decides whether capabilities are too old. Capabilities without a fingerprint cannot be cached, and a probe of each
 * request would be slow: with `attempts`, the time between probes grows.
 *
 * @param capabilities of the last probe; `undefined` before the first
 * @throws RequestError for an invalid argument
 *
 * @example
 * ```ts
 * import { capabilityCacheTtlDecision } from '@codex-rx/core/capabilities';
 *
 * console.log(capabilityCacheTtlDecision(undefined).shouldProbe); // true
 * ```
 */
export function capabilityCacheTtlDecision(
  capabilities: Pick<Capabilities, 'fingerprint' | 'collectedAt'> | undefined,
  options: CapabilityTtlOptions = {},
): CapabilityTtlDecision {
  checkTable('options', options);
  const { ttl = TTL_MS, now = Date.now(), attempts = 0 } = options;
  checkNonNegative('ttl', ttl);
  checkNonNegative('now', now);
  checkNonNegative('attempts', attempts);
  if (capabilities === undefined) return { shouldProbe: true, policy: 'prefer-cache', probeAt: now };
  checkTable('capabilities', capabilities);
  const { fingerprint, collectedAt } = capabilities;
  checkNonNegative('capabilities.collectedAt', collectedAt);
  const lifetime = fingerprint === undefined ? backOff(ttl, attempts) : ttl;
  const probeAt = collectedAt + lifetime;
  // A clock that was set back makes the age unknown.
  if (now >= collectedAt && now < probeAt) return { shouldProbe: false, policy: 'prefer-cache', probeAt };
  return { shouldProbe: true, policy: fingerprint === undefined ? 'bypass' : 'refresh', probeAt };
}

function checkNonNegative(field: string, value: unknown): void {
  if (typeof value !== 'number' || !(value >= 0))
    throw new RequestError(field, `must be a non-negative number, got ${describeValue(value)}.`);
}

function backOff(ttl: number, attempts: number): number {
  return ttl === 0 ? 0 : Math.min(ttl * 2 ** attempts, Math.max(ttl, MAX_BACKOFF_MS));
}
