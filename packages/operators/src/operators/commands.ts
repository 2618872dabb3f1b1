import type { CommandExecutionItem, ThreadEvent } from '@codex-rx/core/events';
import { map, type OperatorFunction } from 'rxjs';
import { completedItems } from './completed-items.js';

/**
 * Emits each command of the agent when it has ended.
 *
 * <span class="informal">Commands with their output and exit code.</span>
 *
 * Emits the whole item at its `item.completed`, also for commands that failed or were declined. A command that is
 * still running at the end of its turn is not emitted; `ofItem('command_execution')` emits starts. Completes and
 * errors with the source.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { commands } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Run the tests', workingDirectory: '.', timeout: 30 * 60_000 })
 *   .pipe(commands())
 *   .subscribe(({ command, exit_code }) => console.log(exit_code, command));
 * ```
 *
 * @see {@link ofItem}
 * @see {@link snapshots} whose `commands` includes running commands
 *
 * @returns An operator that emits ended commands.
 */
export function commands(): OperatorFunction<ThreadEvent, CommandExecutionItem> {
  return (source$) =>
    source$.pipe(
      completedItems('command_execution'),
      map(({ item }) => item),
    );
}
