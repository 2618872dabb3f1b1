/** How an Observable lets itself be paused. The run layer gives it to the lines that it hands to `request.lines`. */
export interface Backpressure {
  pause(): void;
  resume(): void;
}

/** Registered, so that packages need not know each other. */
const key = Symbol.for('@codex-rx/backpressure');

/** The handle of a source that can be paused. */
export function backpressureOf(source: object): Backpressure | undefined {
  const open = (source as { readonly [key]?: () => Backpressure | undefined })[key];
  return open?.call(source);
}

/** Lets what is made of a source be paused as the source can be. */
export function forwardBackpressure<T extends object>(source: object, result: T): T {
  return key in source ? Object.defineProperty(result, key, { value: () => backpressureOf(source) }) : result;
}
