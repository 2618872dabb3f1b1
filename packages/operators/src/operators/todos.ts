import type { ThreadEvent, TodoItem } from '@codex-rx/core/events';
import { defer, filter, map, type OperatorFunction } from 'rxjs';
import { ofItem } from './of-item.js';

/**
 * Emits the agent's plan whenever it changes.
 *
 * <span class="informal">The steps, and which of them are done.</span>
 *
 * Emits the whole list at once when it is made and after each change; the completion at the end of the turn, which repeats it, emits
 * nothing. Each thread has a plan of its own, and is compared with that; only the first plan of a thread, if it is told by a completion, is
 * also compared with those of others that are not complete. Completes and errors as the source does.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { todos } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Fix the build' })
 *   .pipe(todos())
 *   .subscribe((steps) => console.log(steps.filter(({ completed }) => completed).length, '/', steps.length));
 * ```
 *
 * @see {@link snapshots} whose `todos` is the latest list
 *
 * @return An operator that emits the plan whenever it has changed.
 */
export function todos(): OperatorFunction<ThreadEvent, readonly TodoItem[]> {
  return (source$) =>
    defer(() => {
      const plans = new Map<string | undefined, Plan>();
      return source$.pipe(
        ofItem('todo_list'),
        filter(({ type, thread_id, item: { items } }) => {
          const isComplete = type === 'item.completed';
          const own = plans.get(thread_id);
          // Where the thread of an event is not on the wire, a plan may be completed by another thread than the one that made it.
          const others = own === undefined && isComplete ? [...plans.values()].filter((plan) => !plan.isComplete) : [];
          const known = own === undefined ? others : [own];
          plans.set(thread_id, { items, isComplete });
          return !known.some((plan) => isSameList(plan.items, items));
        }),
        map(({ item }) => item.items),
      );
    });
}

interface Plan {
  readonly items: readonly TodoItem[];
  readonly isComplete: boolean;
}

function isSameList(a: readonly TodoItem[], b: readonly TodoItem[]): boolean {
  return a.length === b.length && a.every((step, i) => isSameStep(step, b[i]));
}

function isSameStep(a: TodoItem, b: TodoItem | undefined): boolean {
  return a.text === b?.text && a.completed === b.completed && a.status === b.status;
}
