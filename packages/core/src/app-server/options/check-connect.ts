import { RequestError } from '../../errors/index.js';
import { describeValue } from '../../request/checks.js';
import { isTable } from '../../request/is-table.js';

const ADDRESSES = ['url', 'socketPath', 'transport'];

/** @throws RequestError unless the value names exactly one server */
export function checkConnect(field: string, value: unknown): void {
  if (!isTable(value)) throw new RequestError(field, `must be a plain object, got ${describeValue(value)}.`);
  if (ADDRESSES.filter((name) => value[name] !== undefined).length !== 1)
    throw new RequestError(field, 'must have one of "url", "socketPath" and "transport".');
}
