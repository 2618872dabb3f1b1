import { RequestError } from '../../errors/index.js';
import { checkArgument } from '../../request/checks.js';

/** The CLI's rule; versions before 0.150 take letters, digits, - and _ only. */
export function checkServerName(name: unknown): asserts name is string {
  checkArgument('name', name);
  if (!/^[\w:@/.-]+$/.test(name))
    throw new RequestError('name', 'may hold letters, digits and - _ : @ / . only. Choose another name.');
}
