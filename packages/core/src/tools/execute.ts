import { defer, Observable, type ObservableInput, of, take, throwIfEmpty } from 'rxjs';
import type { ToolResult } from '../request/tool-types.js';
import { limitFirst } from '../util/limit-first.js';

/**
 * Calls `execute` per subscription and emits the first value of its result. The signal is aborted when the call is
 * over. Errors without a value, and without a value within `limit` ms.
 */
export function execute$(
  execute: (signal: AbortSignal) => ToolResult | ObservableInput<ToolResult>,
  limit: number,
): Observable<ToolResult> {
  return new Observable((subscriber) => {
    const controller = new AbortController();
    const result$ = defer(() => toInput(execute(controller.signal))).pipe(
      take(1),
      throwIfEmpty(() => new Error('The tool returned no result.')),
      limitFirst(limit, () => new Error(`The tool returned no result within ${String(limit)} ms.`)),
    );
    const subscription = result$.subscribe(subscriber);
    return () => {
      subscription.unsubscribe();
      controller.abort();
    };
  });
}

/** RxJS takes a string and an array for a sequence; here they are results. */
function toInput(
  // eslint-disable-next-line rxjs-x/finnish -- may be an Observable
  result: ToolResult | ObservableInput<ToolResult>,
): ObservableInput<ToolResult> {
  return isInput(result) ? result : of(result);
}

const METHODS = ['subscribe', 'then', 'getReader', Symbol.asyncIterator, Symbol.iterator];

function isInput(result: unknown): result is ObservableInput<ToolResult> {
  if (typeof result === 'string' || Array.isArray(result)) return false;
  const methods = [...METHODS, Symbol.observable as symbol | undefined, '@@observable'];
  return methods.some((name) => name !== undefined && hasMethod(result, name));
}

function hasMethod(value: unknown, name: PropertyKey): boolean {
  return typeof (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[name] === 'function';
}
