import { RequestError } from '../errors/index.js';
import { closestMatch } from '../util/closest-match.js';

/** Rejects unknown options, which are most often misspelt and would have no effect. @throws RequestError */
export function assertKnownOptions(values: object, known: readonly string[]): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || known.includes(name)) continue;
    const match = closestMatch(name, known);
    const advice = match === undefined ? 'Remove it.' : `Did you mean "${match}"?`;
    throw new RequestError(name, 'is not an option.', `Unknown option "${name}". ${advice}`);
  }
}
