/** Pauses and resumes a source. A run provides it on the lines that it passes to `request.lines`. */
export interface Backpressure {
  pause(): void;
  resume(): void;
}

/** Registered, so that it is shared with `@codex-rx/core`. */
const key = Symbol.for('@codex-rx/backpressure');

/** Returns the backpressure handle of a source, if the source can be paused. */
export function backpressureOf(source: object): Backpressure | undefined {
  const open = (source as { readonly [key]?: () => Backpressure | undefined })[key];
  return open?.call(source);
}

/** Makes `result` pausable if `source` is. */
export function forwardBackpressure<T extends object>(source: object, result: T): T {
  return key in source ? Object.defineProperty(result, key, { value: () => backpressureOf(source) }) : result;
}
