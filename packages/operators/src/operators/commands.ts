import type { CommandExecutionItem, ThreadEvent } from '@codex-rx/core/events';
import { map, type OperatorFunction } from 'rxjs';
import { completedItems } from './completed-items.js';

/**
 * Emits each command of the agent when it has ended.
 *
 * <span class="informal">What was run, what it printed, how it ended.</span>
 *
 * Emits the whole item at once when its `item.completed` arrives, also for commands that failed or were declined. A command that is still
 * running when its turn ends is not emitted; `ofItem('command_execution')` tells of starts. Completes and errors as the source does.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { commands } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Run the tests' })
 *   .pipe(commands())
 *   .subscribe(({ command, exit_code }) => console.log(exit_code, command));
 * ```
 *
 * @see {@link ofItem}
 * @see {@link snapshots} whose `commands` has those that run, too
 *
 * @return An operator that emits the commands that have ended.
 */
export function commands(): OperatorFunction<ThreadEvent, CommandExecutionItem> {
  return (source$) =>
    source$.pipe(
      completedItems('command_execution'),
      map(({ item }) => item),
    );
}
