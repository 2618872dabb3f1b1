import { RequestError } from '@codex-rx/core/errors';

export interface Backoff {
  /** Milliseconds before the first attempt. Default 1,000. */
  readonly initial?: number | undefined;
  /** By what each further one is longer. Default 2. */
  readonly factor?: number | undefined;
  /** The longest, in milliseconds. Default 30,000. */
  readonly max?: number | undefined;
  /** Which part of it is left to chance, so that many runs do not come back at once: 0 to 1. Default 0.5. */
  readonly jitter?: number | undefined;
}

/** Milliseconds before an attempt; `random` is between 0 and 1. */
export function backoffDelay(attempt: number, backoff: Backoff, random: number): number {
  const { initial = 1_000, factor = 2, max = 30_000, jitter = 0.5 } = backoff;
  return Math.min(max, initial * factor ** (attempt - 1)) * (1 - jitter * random);
}

/** Throws a `RequestError` for a back-off that makes no sense. */
export function checkBackoff(field: string, { initial = 0, factor = 1, max = 0, jitter = 0 }: Backoff): void {
  check(`${field}.initial`, initial, initial >= 0, 'milliseconds from 0 on');
  check(`${field}.factor`, factor, factor >= 1, 'a number from 1 on');
  check(`${field}.max`, max, max >= 0, 'milliseconds from 0 on');
  check(`${field}.jitter`, jitter, jitter >= 0 && jitter <= 1, 'a number from 0 to 1');
}

function check(field: string, value: number, isFine: boolean, expected: string): void {
  if (!isFine) throw new RequestError(field, `must be ${expected}, not ${String(value)}`);
}
