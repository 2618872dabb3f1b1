import { RequestError } from '@codex-rx/core/errors';
import { MAX_TIMER_MS } from './max-timer.js';

/** @throws RequestError if a number is not a delay that a timer can have */
export function checkTimer(field: string, value: number): void {
  if (value >= 0 && value <= MAX_TIMER_MS) return;
  throw new RequestError(field, `must be a number of ms from 0 to ${String(MAX_TIMER_MS)}, got ${String(value)}.`);
}
