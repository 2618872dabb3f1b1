import { showValue } from '../compare/show-value.js';

/** A word that no run can have would be an expectation that never holds, and before `.not` one that always does. */
export function assertKnownValue(what: string, value: unknown, known: readonly string[], others = ''): void {
  if (!known.includes(value as string)) {
    throw new TypeError(`${what} must be one of ${known.join(', ')}${others}, not ${showValue(value)}.`);
  }
}
