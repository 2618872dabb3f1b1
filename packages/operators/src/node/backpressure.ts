/** How an Observable lets itself be paused. The run layer gives it to the lines that it hands to `request.lines`. */
export interface Backpressure {
  pause(): void;
  resume(): void;
}

/** Registered, so that packages need not know each other. */
const key = Symbol.for('@codex-rx/backpressure');

/** The handle of a source that can be paused. */
export function backpressureOf(source: object): Backpressure | undefined {
  const open = (source as { readonly [key]?: () => Backpressure })[key];
  return open?.call(source);
}
