/** Pauses and resumes a source. */
export interface Backpressure {
  /** Stops reading the source. */
  pause(): void;
  /** Reads the source again. */
  resume(): void;
}

type OpenBackpressure = () => Backpressure | undefined;
type PendingRunListener = (settled: Promise<unknown>) => void;

// Registered symbols, so that two copies of the package work together.
const BACKPRESSURE = Symbol.for('@codex-rx/backpressure');
const PENDING_RUNS = Symbol.for('@codex-rx/settling');
const PAUSE_LISTENER = Symbol.for('@codex-rx/pause-listener');

/** The listener of the subscription that is being made. */
const scope = globalThis as { [PAUSE_LISTENER]?: Backpressure | undefined };

/** Makes a source pausable. Each call of `open` must return an independent handle. */
export function offerBackpressure<T extends object>(source: T, open: OpenBackpressure): T {
  return Object.defineProperty(source, BACKPRESSURE, { value: open });
}

/** Returns a handle to pause a source, or `undefined` if the source cannot be paused. */
export function backpressureOf(source: object): Backpressure | undefined {
  const open = (source as { readonly [BACKPRESSURE]?: OpenBackpressure })[BACKPRESSURE];
  return open?.call(source);
}

/** Makes `result` pausable if `source` is. Returns `result`. */
export function forwardBackpressure<T extends object>(source: object, result: T): T {
  return BACKPRESSURE in source ? offerBackpressure(result, () => backpressureOf(source)) : result;
}

/**
 * Calls the listener for each run or command that gets this exact signal, with a Promise that settles when its
 * processes are gone.
 */
export function onPendingRun(signal: AbortSignal, listener: PendingRunListener): void {
  Object.defineProperty(signal, PENDING_RUNS, { value: listener });
}

/** Reports a run that got the signal to the listener of the signal, if it has one. */
export function reportPendingRun(signal: AbortSignal | undefined, settled: Promise<unknown>): void {
  const listener = (signal as { readonly [PENDING_RUNS]?: PendingRunListener } | undefined)?.[PENDING_RUNS];
  listener?.(settled);
}

/**
 * Calls `subscribe` and reports to the listener when the sources that it subscribes to synchronously are paused and
 * resumed. Listeners nest: an inner one does not hide an outer one. A source calls `resume` for each `pause`.
 */
export function observePauses<T>(listener: Backpressure, subscribe: () => T): T {
  const outer = scope[PAUSE_LISTENER];
  scope[PAUSE_LISTENER] = outer === undefined ? listener : both(outer, listener);
  try {
    return subscribe();
  } finally {
    scope[PAUSE_LISTENER] = outer;
  }
}

/**
 * Returns a handle for a source to report that it is paused, or `undefined` without a listener. Its calls may be
 * repeated. Call this when the source is subscribed to.
 */
export function openPauseReport(): Backpressure | undefined {
  const listener = scope[PAUSE_LISTENER];
  if (listener === undefined) return undefined;
  let isPaused = false;
  return {
    pause: () => {
      if (isPaused) return;
      isPaused = true;
      listener.pause();
    },
    resume: () => {
      if (!isPaused) return;
      isPaused = false;
      listener.resume();
    },
  };
}

function both(outer: Backpressure, inner: Backpressure): Backpressure {
  return {
    pause: () => {
      outer.pause();
      inner.pause();
    },
    resume: () => {
      outer.resume();
      inner.resume();
    },
  };
}
