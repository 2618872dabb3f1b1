import { RequestError } from '../errors/index.js';
import { checkArgument, checkPrompt, describeValue } from './checks.js';
import { isTable } from './is-table.js';
import type { ReviewRequest, ReviewTarget } from './types.js';

/** Checks what only a review has. @throws RequestError */
export function validateReview(request: ReviewRequest): void {
  checkTarget(request.target);
  requireRepository(request);
  refuseWithReview(request);
}

/** A review of the empty folder that a run gets by default is never meant; with `base`, the CLI hangs in it. */
function requireRepository(request: ReviewRequest): void {
  if (request.workingDirectory === undefined) {
    throw new RequestError('workingDirectory', 'is missing. Set it to the Git repository that is to be reviewed.');
  }
}

/** The CLI accepts these, and the review's own instructions and schema take their place. */
function refuseWithReview(request: ReviewRequest): void {
  const field = (['outputSchema', 'images'] as const).find((name) => request[name] !== undefined);
  if (field !== undefined) throw new RequestError(field, 'has no effect on a review. Leave it out, or use exec$.');
}

function checkTarget(target: ReviewTarget): void {
  const fields: unknown = target;
  if (!isTable(fields)) throw new RequestError('target', `must be an object, not ${describeValue(fields)}.`);
  const kinds = ['uncommitted', 'base', 'commit', 'prompt'].filter((kind) => Object.hasOwn(fields, kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    throw new RequestError(
      'target',
      `must have one of uncommitted, base, commit, prompt; it has ${kinds.join(' and ') || 'none'}.`,
    );
  }
  if (kind === 'uncommitted') {
    if (fields.uncommitted !== true) throw new RequestError('target.uncommitted', 'must be true.');
  } else if (kind === 'prompt') checkPrompt('target.prompt', fields.prompt);
  else checkArgument(`target.${kind}`, fields[kind]);
  if (fields.title !== undefined) {
    if (kind !== 'commit') throw new RequestError('target.title', 'goes with commit only.');
    checkArgument('target.title', fields.title);
  }
}
