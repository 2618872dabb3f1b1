import { RequestError } from '../errors/index.js';
import { closestMatch } from '../util/closest-match.js';

/** A name that is not known is most often a slip, and what it was to say would have no effect. `what` is what has such names. */
export function assertKnownOptions(values: object, known: readonly string[], what: string): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || known.includes(name)) continue;
    const meant = closestMatch(name, known);
    throw new RequestError(
      name,
      `is no option of ${what}. ${meant === undefined ? 'Remove it.' : `Did you mean ${meant}?`}`,
    );
  }
}
