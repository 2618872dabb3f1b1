import { RequestError } from '../errors/index.js';
import { checkArgument, checkNotEmpty, describeValue } from './checks.js';
import { isTable } from './is-table.js';
import type { ReviewRequest, ReviewTarget } from './types.js';

/** Checks the options that only a review has. @throws RequestError */
export function validateReview(request: ReviewRequest): void {
  checkReviewTarget(request.target);
  requireRepository(request);
  rejectIgnoredOptions(request);
}

/** The default folder of a run is empty, so there is nothing to review; with `base`, the CLI hangs in it. */
function requireRepository(request: ReviewRequest): void {
  if (request.workingDirectory === undefined) {
    throw new RequestError('workingDirectory', 'must be set to the Git repository to review.');
  }
}

/** The CLI accepts these options and ignores them. */
function rejectIgnoredOptions(request: ReviewRequest): void {
  const field = (['outputSchema', 'images'] as const).find((name) => request[name] !== undefined);
  if (field !== undefined) throw new RequestError(field, 'has no effect on a review. Remove it, or use exec$.');
}

/** @throws RequestError */
export function checkReviewTarget(target: ReviewTarget): void {
  const fields: unknown = target;
  if (!isTable(fields)) throw new RequestError('target', `must be an object, got ${describeValue(fields)}.`);
  const kinds = ['uncommitted', 'base', 'commit', 'prompt'].filter((kind) => Object.hasOwn(fields, kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    throw new RequestError(
      'target',
      `must have one of uncommitted, base, commit, prompt, got ${kinds.join(' and ') || 'none of them'}.`,
    );
  }
  if (kind === 'uncommitted') {
    if (fields.uncommitted !== true) throw new RequestError('target.uncommitted', 'must be true.');
  } else if (kind === 'prompt') checkNotEmpty('target.prompt', fields.prompt);
  else checkArgument(`target.${kind}`, fields[kind]);
  if (fields.title !== undefined) {
    if (kind !== 'commit') throw new RequestError('target.title', 'can only be used with commit.');
    checkArgument('target.title', fields.title);
  }
}
