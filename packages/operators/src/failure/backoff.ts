import { RequestError } from '@codex-rx/core/errors';

/** The delays between attempts: `initial` ms, multiplied by `factor` for each further attempt, at most `max` ms. */
export interface Backoff {
  /** Delay before the first attempt, in ms. Default 1,000. */
  readonly initial?: number | undefined;
  /** Factor by which each further delay grows. Default 2. */
  readonly factor?: number | undefined;
  /** Longest delay, in ms. Default 30,000. */
  readonly max?: number | undefined;
  /** Random part of a delay, from 0 to 1, so that many runs do not retry at the same time. Default 0.5. */
  readonly jitter?: number | undefined;
}

/** Returns the delay before an attempt, in ms. `random` is between 0 and 1. */
export function backoffDelay(attempt: number, backoff: Backoff, random: number): number {
  const { initial = 1_000, factor = 2, max = 30_000, jitter = 0.5 } = backoff;
  return Math.min(max, initial * factor ** (attempt - 1)) * (1 - jitter * random);
}

/** Throws a `RequestError` for an invalid back-off. */
export function checkBackoff(field: string, { initial = 0, factor = 1, max = 0, jitter = 0 }: Backoff): void {
  check(`${field}.initial`, initial, initial >= 0, 'a non-negative number of ms');
  check(`${field}.factor`, factor, factor >= 1, 'a number of at least 1');
  check(`${field}.max`, max, max >= 0, 'a non-negative number of ms');
  check(`${field}.jitter`, jitter, jitter >= 0 && jitter <= 1, 'a number from 0 to 1');
}

function check(field: string, value: number, isValid: boolean, expected: string): void {
  if (!isValid) throw new RequestError(field, `must be ${expected}, got ${String(value)}.`);
}
