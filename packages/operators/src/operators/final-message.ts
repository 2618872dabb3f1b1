import type { ThreadEvent } from '@codex-rx/core/events';
import { defer, filter, map, type OperatorFunction } from 'rxjs';
import { followMessages } from '../message/follow-messages.js';

/**
 * Emits the agent's answer when its turn is complete.
 *
 * <span class="informal">What `codex exec` prints at the end.</span>
 *
 * At each `turn.completed`, also one whose body has drifted (`malformed`), it emits the text of the last message of this turn of this
 * thread, at once; `''` if there was none. A message is one of the turn that its event names, or else of the one that is open; an end
 * that is told twice counts once, if it names its turn. Comments on the way (`phase: 'commentary'`) do not count where there is another
 * message; one that is not complete counts only if there is no other. A turn that fails emits nothing. Completes, for a run once its
 * process is gone, and errors as the source does.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { finalMessage } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'What is in this folder?' })
 *   .pipe(finalMessage())
 *   .subscribe((text) => console.log(text));
 * ```
 *
 * @see {@link finalOutput} for answers that follow a schema
 *
 * @return An operator that emits the answer of each turn that completes.
 */
export function finalMessage(): OperatorFunction<ThreadEvent, string> {
  return (source$) =>
    defer(() =>
      source$.pipe(
        map(followMessages()),
        map(({ answer }) => answer),
        filter((answer) => answer !== undefined),
      ),
    );
}
