import type { ThreadEvent, ThreadEventType } from '@codex-rx/core/events';
import type { OperatorFunction } from 'rxjs';
import { where } from '../rx/where.js';

/**
 * Emits the events of the given types only.
 *
 * <span class="informal">`filter` that knows what is left.</span>
 *
 * Each event that fits is emitted at once, as it is; the result is narrowed to these types. Without types: none. Completes and errors as
 * the source does.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { ofType } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Hello' })
 *   .pipe(ofType('turn.completed', 'turn.failed'))
 *   .subscribe((event) => console.log(event.type === 'turn.failed' ? event.error.message : event.usage));
 * ```
 *
 * @see {@link ofItem}
 *
 * @param types Values of `type` to let through.
 * @return An operator that emits the events of these types.
 */
export function ofType<T extends ThreadEventType>(
  ...types: readonly T[]
): OperatorFunction<ThreadEvent, Extract<ThreadEvent, { type: T }>> {
  const wanted: readonly ThreadEventType[] = types;
  return where((event): event is Extract<ThreadEvent, { type: T }> => wanted.includes(event.type));
}
