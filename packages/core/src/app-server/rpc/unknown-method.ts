import { closestMatch } from '../../util/closest-match.js';

/** `Invalid request: unknown variant `a`, expected one of `b`, `c`, …`: the server lists all of its methods. */
const UNKNOWN_VARIANT = /unknown variant `([^`]*)`, expected one of (.*)$/s;
const MAX_METHOD_CHARACTERS = 100;

/** Returns what is wrong with a method that the server does not have, or `undefined` for another error. */
export function describeUnknownMethod(method: string, message: string): string | undefined {
  const [, variant, list = ''] = UNKNOWN_VARIANT.exec(message) ?? [];
  if (variant !== method) return undefined;
  const known = [...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? '');
  const match = closestMatch(method, known);
  const advice = match === undefined ? '' : ` Did you mean ${JSON.stringify(match)}?`;
  return `The app-server has no method ${JSON.stringify(method.slice(0, MAX_METHOD_CHARACTERS))}.${advice}`;
}
