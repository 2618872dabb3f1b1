import type { AgentMessageItem, ThreadEvent } from '@codex-rx/core/events';
import { map, type OperatorFunction } from 'rxjs';
import { completedItems } from './completed-items.js';

/**
 * Emits each message of the agent when it is complete.
 *
 * <span class="informal">What the agent says, sentence by sentence.</span>
 *
 * Emits the whole item at once when its `item.completed` arrives: comments on the way and the final answer alike. Completes and errors as
 * the source does.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { agentMessages } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Explain this folder' })
 *   .pipe(agentMessages())
 *   .subscribe(({ text }) => console.log(text));
 * ```
 *
 * @see {@link finalMessage} for the answer alone
 * @see {@link textDeltas} for the text as it grows
 *
 * @return An operator that emits the messages that are complete.
 */
export function agentMessages(): OperatorFunction<ThreadEvent, AgentMessageItem> {
  return (source$) =>
    source$.pipe(
      completedItems('agent_message'),
      map(({ item }) => item),
    );
}
