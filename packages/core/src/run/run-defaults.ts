import type { AnyRunRequest } from '../request/types.js';

const DEFAULTS = { timeout: 120_000, linger: 8_000, terminateGrace: 2_000, maxLineBytes: 16 * 1024 * 1024 };

/** A request whose limits are numbers. */
export type LimitedRequest = AnyRunRequest & typeof DEFAULTS;

export function withDefaults(request: AnyRunRequest): LimitedRequest {
  const {
    timeout = DEFAULTS.timeout,
    linger = DEFAULTS.linger,
    terminateGrace = DEFAULTS.terminateGrace,
    maxLineBytes = DEFAULTS.maxLineBytes,
  } = request;
  return { ...request, timeout, linger, terminateGrace, maxLineBytes };
}
