import { showValue } from '../compare/show-value.js';

/**
 * Rejects values that no run can have: such an expectation would always fail, and always pass after `.not`.
 *
 * @throws TypeError if `known` does not include the value.
 */
export function assertKnownValue(name: string, value: unknown, known: readonly string[], others = ''): void {
  if (!known.includes(value as string)) {
    throw new TypeError(`${name} must be one of ${known.join(', ')}${others}, got ${showValue(value)}.`);
  }
}
