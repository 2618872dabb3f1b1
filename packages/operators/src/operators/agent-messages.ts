import type { AgentMessageItem, ThreadEvent } from '@codex-rx/core/events';
import { map, type OperatorFunction } from 'rxjs';
import { completedItems } from './completed-items.js';

/**
 * Emits each message of the agent when it is complete.
 *
 * <span class="informal">The agent's messages, one by one.</span>
 *
 * Emits the whole item at its `item.completed`, for comments and for the final answer. Completes and errors with the
 * source.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { agentMessages } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Explain this folder', workingDirectory: '.', timeout: 30 * 60_000 })
 *   .pipe(agentMessages())
 *   .subscribe(({ text }) => console.log(text));
 * ```
 *
 * @see {@link finalMessage} for the answer only
 * @see {@link textDeltas} for the text as it grows
 *
 * @returns An operator that emits completed messages.
 */
export function agentMessages(): OperatorFunction<ThreadEvent, AgentMessageItem> {
  return (source$) =>
    source$.pipe(
      completedItems('agent_message'),
      map(({ item }) => item),
    );
}
