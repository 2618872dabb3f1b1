import type { ThreadEvent } from '@codex-rx/core/events';
import { defer, filter, map, type OperatorFunction } from 'rxjs';
import { followMessages } from '../message/follow-messages.js';
import type { TextDelta } from '../message/turn-messages.js';

/**
 * Emits the text of the agent's messages piece by piece.
 *
 * <span class="informal">Type along with the agent.</span>
 *
 * Emits a {@link TextDelta} at once for each event that adds to a message, and one with `completed: true` (whose text may be empty) when
 * the message is complete. Put together, the texts of a message are the message. Only the app-server tells pieces; from `exec` a message
 * is one piece. Should the CLI tell another text than before, a piece with `replaces: true` brings the whole message again. A message that
 * is complete is only changed by another completion: pieces and updates that are told late emit nothing, nor does the same text. Texts are
 * forgotten when their turn has ended; after that, a completion that is told again `replaces`. Completes and errors as the source does.
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
 * @see {@link agentMessages}
 *
 * @return An operator that emits the pieces of messages.
 */
export function textDeltas(): OperatorFunction<ThreadEvent, TextDelta> {
  return (source$) =>
    defer(() =>
      source$.pipe(
        map(followMessages()),
        map(({ piece }) => piece),
        filter((piece) => piece !== undefined),
      ),
    );
}
