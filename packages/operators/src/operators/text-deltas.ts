import { messageTracker, type TextDelta, type ThreadEvent } from '@codex-rx/core/events';
import { defer, filter, map, type OperatorFunction } from 'rxjs';

/**
 * Emits the text of the agent's messages as it grows.
 *
 * <span class="informal">Show a message while the agent writes it.</span>
 *
 * Emits a {@link TextDelta} for each event that adds to a message, and one with `completed: true` (whose text may be
 * empty) when the message is complete. Concatenated, the texts of a message are the message. Only the app-server
 * sends deltas; from `exec`, a message is one delta. If the CLI rewrites a message, a delta with `replaces: true` has
 * the whole text. A complete message is only changed by another completion: late deltas and updates emit nothing, nor
 * does the same text again. Texts are forgotten at the end of their turn; a repeated completion after that has
 * `replaces: true`. Completes and errors with the source.
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
 * @returns An operator that emits the deltas of messages.
 */
export function textDeltas(): OperatorFunction<ThreadEvent, TextDelta> {
  return (source$) =>
    defer(() =>
      source$.pipe(
        map(messageTracker()),
        map(({ delta }) => delta),
        filter((piece) => piece !== undefined),
      ),
    );
}
