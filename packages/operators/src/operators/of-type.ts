import type { ThreadEvent, ThreadEventType } from '@codex-rx/core/events';
import { filter, type OperatorFunction } from 'rxjs';

/**
 * Emits only the events of the given types.
 *
 * <span class="informal">`filter` by `type`, with narrowing.</span>
 *
 * Emits matching events unchanged, narrowed to these types. Without arguments, emits nothing. Completes and errors
 * with the source.
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
 * @param types Values of `type` to emit.
 * @returns An operator that emits the events of these types.
 */
export function ofType<T extends ThreadEventType>(
  ...types: readonly T[]
): OperatorFunction<ThreadEvent, Extract<ThreadEvent, { type: T }>> {
  const wanted: readonly ThreadEventType[] = types;
  return filter((event: ThreadEvent): event is Extract<ThreadEvent, { type: T }> => wanted.includes(event.type));
}
