import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const FORBIDDEN = 403;
const NOT_FOUND = 404;
const UNAUTHORIZED = 401;

/**
 * Returns the status that refuses a request, or `undefined` for one of the CLI.
 *
 * A page in a browser of the user can send requests to the loopback interface: it sends an `Origin`, or, with a name
 * that it rebinds, another `Host`. Programs of other users can, too: they do not know the token.
 */
export function refusal(
  { headers, url }: Pick<IncomingMessage, 'headers' | 'url'>,
  expected: { readonly authority: string; readonly path: string; readonly token: string },
): number | undefined {
  if (headers.origin !== undefined || headers.host !== expected.authority) return FORBIDDEN;
  if (!isEqual(headers.authorization ?? '', `Bearer ${expected.token}`)) return UNAUTHORIZED;
  return url === expected.path ? undefined : NOT_FOUND;
}

function isEqual(actual: string, expected: string): boolean {
  const [one, other] = [Buffer.from(actual), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
