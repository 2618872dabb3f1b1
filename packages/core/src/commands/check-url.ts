import { RequestError } from '../errors/index.js';
import { checkArgument } from '../request/checks.js';

/** An absolute address over HTTP, without a user and a password, which would be visible to every process. */
export function checkUrl(field: string, value: unknown): asserts value is string {
  checkArgument(field, value);
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new RequestError(field, 'must be an address that begins with http:// or https://.');
  if (url.username !== '' || url.password !== '')
    throw new RequestError(field, 'holds a user or a password. Leave them out of the address.');
}
