import { defer, type Observable, switchMap } from 'rxjs';
import type { ThreadEvent } from '../../events/events.js';
import type { ReviewTarget } from '../../request/types.js';
import { checkReviewTarget } from '../../request/validate-review.js';
import { validateReviewOptions } from '../options/validate-options.js';
import { applySettings$ } from './apply-settings.js';
import { mapSessionError } from './session-error.js';
import type { ThreadHub } from './thread-hub.js';
import type { ReviewOptions } from './thread-options.js';
import { runTurn$, type TurnRequest } from './turn-run.js';

/** Starts a review as a turn of the thread. It has the settings of the thread, because the request has none. */
export function startReview$(
  hub: ThreadHub,
  target: ReviewTarget,
  options: ReviewOptions = {},
  onStart?: TurnRequest['onStart'],
): Observable<ThreadEvent> {
  return defer(() => {
    checkReviewTarget(target);
    validateReviewOptions(options);
    const { timeout = 0, signal } = options;
    const review$ = hub.server.request$('review/start', { threadId: hub.id, target: wireTarget(target) });
    return runTurn$(hub, {
      start$: applySettings$(hub, 'review$').pipe(
        switchMap(() => review$),
        mapSessionError(hub.id),
      ),
      timeout,
      signal,
      onStart,
    });
  });
}

function wireTarget(target: ReviewTarget) {
  if ('uncommitted' in target) return { type: 'uncommittedChanges' as const };
  if ('base' in target) return { type: 'baseBranch' as const, branch: target.base };
  if ('commit' in target) return { type: 'commit' as const, sha: target.commit, title: target.title };
  return { type: 'custom' as const, instructions: target.prompt };
}
