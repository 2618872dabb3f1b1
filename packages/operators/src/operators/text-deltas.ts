import type { ThreadEvent } from '@codex-rx/core/events';
import { filter, map, type OperatorFunction, scan } from 'rxjs';
import { growText, noTexts, type OpenTexts, type TextDelta } from '../message/text-growth.js';

/**
 * Emits the text of the agent's messages piece by piece.
 *
 * <span class="informal">Type along with the agent.</span>
 *
 * Emits a {@link TextDelta} at once for each event that adds to a message, and one with `completed: true` (whose text may be empty) when
 * the message is complete. Put together, the texts of a message are the message. Only the app-server tells pieces; from `exec` a message
 * is one piece. Should the CLI tell another text than its pieces said, a piece with `replaces: true` brings the whole message again.
 * Completes and errors as the source does.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { textDeltas } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Tell a story' })
 *   .pipe(textDeltas())
 *   .subscribe(({ text, completed }) => process.stdout.write(completed ? `${text}\n` : text));
 * ```
 *
 * @return An operator that emits the pieces of messages.
 * @see {@link agentMessages}
 */
export function textDeltas(): OperatorFunction<ThreadEvent, TextDelta> {
  return (source$) =>
    source$.pipe(
      scan<ThreadEvent, readonly [OpenTexts, TextDelta?]>(([open], event) => growText(open, event), [noTexts]),
      map(([, piece]) => piece),
      filter((piece) => piece !== undefined),
    );
}
