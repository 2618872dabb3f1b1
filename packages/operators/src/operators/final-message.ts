import type { ThreadEvent } from '@codex-rx/core/events';
import { filter, map, type OperatorFunction, scan } from 'rxjs';
import { type AnswerState, followAnswer, noAnswers } from '../message/last-message.js';

/**
 * Emits the agent's answer when its turn is complete.
 *
 * <span class="informal">What `codex exec` prints at the end.</span>
 *
 * At each `turn.completed`, also one whose body has drifted (`malformed`), it emits the text of the last message of this turn of this
 * thread, at once; `''` if there was none. Comments on the way (`phase: 'commentary'`) do not count where there is another message; one
 * that is not complete counts only if there is no other. A turn that fails emits nothing. Completes, for a run once its process is gone,
 * and errors as the source does.
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
 * @return An operator that emits the answer of each turn that completes.
 * @see {@link finalOutput} for answers that follow a schema
 */
export function finalMessage(): OperatorFunction<ThreadEvent, string> {
  return (source$) =>
    source$.pipe(
      scan<ThreadEvent, readonly [AnswerState, string?]>(([state], event) => followAnswer(state, event), [noAnswers]),
      map(([, answer]) => answer),
      filter((answer) => answer !== undefined),
    );
}
