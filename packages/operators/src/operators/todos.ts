import type { ThreadEvent, TodoItem } from '@codex-rx/core/events';
import { defer, filter, map, type OperatorFunction } from 'rxjs';
import { ofItem } from './of-item.js';

/**
 * Emits the agent's to-do list whenever it changes.
 *
 * <span class="informal">The steps, and which steps are done.</span>
 *
 * Emits the whole list when it is created and after each change. The `item.completed` at the end of the turn repeats
 * the list and emits nothing. Each thread has its own list. The first list of a thread, if its first event is an
 * `item.completed`, is also compared with the incomplete lists of other threads. Completes and errors with the
 * source.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { todos } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Fix the build', workingDirectory: '.', timeout: 30 * 60_000 })
 *   .pipe(todos())
 *   .subscribe((steps) => console.log(steps.filter(({ completed }) => completed).length, '/', steps.length));
 * ```
 *
 * @see {@link snapshots} whose `todos` is the latest list
 *
 * @returns An operator that emits the to-do list when it has changed.
 */
export function todos(): OperatorFunction<ThreadEvent, readonly TodoItem[]> {
  return (source$) =>
    defer(() => {
      const lists = new Map<string | undefined, TodoState>();
      return source$.pipe(
        ofItem('todo_list'),
        filter(({ type, thread_id, item: { items } }) => {
          const isComplete = type === 'item.completed';
          const own = lists.get(thread_id);
          // Without thread ids on the wire, a list may be completed under another thread than it was created under.
          const others = own === undefined && isComplete ? [...lists.values()].filter((list) => !list.isComplete) : [];
          const known = own === undefined ? others : [own];
          lists.set(thread_id, { items, isComplete });
          return !known.some((list) => isSameList(list.items, items));
        }),
        map(({ item }) => item.items),
      );
    });
}

interface TodoState {
  readonly items: readonly TodoItem[];
  readonly isComplete: boolean;
}

function isSameList(a: readonly TodoItem[], b: readonly TodoItem[]): boolean {
  return a.length === b.length && a.every((step, i) => isSameStep(step, b[i]));
}

function isSameStep(a: TodoItem, b: TodoItem | undefined): boolean {
  return a.text === b?.text && a.completed === b.completed && a.status === b.status;
}
