import { isBefore, parseVersion } from '../request/version-number.js';
import { METHOD_VERSIONS } from './method-versions.js';

/**
 * Returns the first version that has a client request, if that is later than `version`. A method that is not in the
 * table exists in all versions, as far as is known.
 */
export function firstVersionAfter(version: string, method: string): string | undefined {
  const parsed = parseVersion(version);
  const since = METHOD_VERSIONS.get(method);
  return parsed !== undefined && since !== undefined && isBefore(parsed, since) ? since : undefined;
}
