import { InvalidArgumentError } from '@commander-js/extra-typings';

const MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/**
 * Parses a duration of the command line.
 *
 * @param text such as `90s`, `1.5h` or `500ms`; a number without a unit is in seconds
 * @returns milliseconds
 * @throws InvalidArgumentError for any other text
 */
export function parseDuration(text: string): number {
  const [, amount, unit = 's'] = /^(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h)?$/.exec(text) ?? [];
  if (amount === undefined) throw new InvalidArgumentError('Write it as 90s, 30m, 1.5h or 500ms.');
  return Math.round(Number(amount) * MS[unit as keyof typeof MS]);
}
