import { messageTracker, type ThreadEvent } from '@codex-rx/core/events';
import { defer, filter, map, type OperatorFunction } from 'rxjs';

/**
 * Emits the agent's answer when its turn completes.
 *
 * <span class="informal">The text that `codex exec` prints at the end.</span>
 *
 * At each `turn.completed`, also one with an unexpected shape (`malformed`), emits the text of the last message of
 * the same turn and thread, or `''` without a message. A message belongs to the turn that its event names, else to
 * the open turn. A repeated end with a turn id is ignored. Comments (`phase: 'commentary'`) count only in a turn
 * without another message, and incomplete messages only in a turn without a complete one. A failed turn emits
 * nothing. Completes and errors with the source, which for a run is when its process is gone.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { finalMessage } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'What is in this folder?', workingDirectory: '.', timeout: 30 * 60_000 })
 *   .pipe(finalMessage())
 *   .subscribe((text) => console.log(text));
 * ```
 *
 * @see {@link finalOutput} for answers that follow a schema
 *
 * @returns An operator that emits the answer of each completed turn.
 */
export function finalMessage(): OperatorFunction<ThreadEvent, string> {
  return (source$) =>
    defer(() =>
      source$.pipe(
        map(messageTracker()),
        map(({ answer }) => answer),
        filter((answer) => answer !== undefined),
      ),
    );
}
