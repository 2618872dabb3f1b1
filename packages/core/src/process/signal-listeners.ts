/** All copies of this package in a process share one set, by a registered symbol: two versions, or ESM beside CommonJS. */
const KEY = Symbol.for('@codex-rx/signal-listeners');

type Listener = (signal: NodeJS.Signals) => void;

function ownListeners(): Set<unknown> {
  const shared = globalThis as { [KEY]?: Set<unknown> | undefined };
  shared[KEY] ??= new Set();
  return shared[KEY];
}

export function addSignalListener(signals: readonly NodeJS.Signals[], listener: Listener): void {
  ownListeners().add(listener);
  for (const signal of signals) process.on(signal, listener);
}

export function removeSignalListener(signals: readonly NodeJS.Signals[], listener: Listener): void {
  ownListeners().delete(listener);
  for (const signal of signals) process.off(signal, listener);
}

/** Whether another copy of this package still listens; the last one lets the signal have its effect. */
export function hasPeerListener(signal: NodeJS.Signals): boolean {
  return process.listeners(signal).some((listener) => ownListeners().has(listener));
}

/**
 * Whether the application itself listens for a signal, and so decides what it does. Listeners that only clean up do not count: those of all copies
 * of this package, and of signal-exit, which many libraries use and which waits, as we do, until it is alone. Two that wait for each other would
 * make a process that no signal can end.
 */
export function hasHostListener(signal: NodeJS.Signals): boolean {
  const listeners = process.listeners(signal);
  const own = listeners.filter((listener) => ownListeners().has(listener)).length;
  return listeners.length > own + signalExitListeners();
}

/** signal-exit counts its listeners where all of its copies find it: version 4 on the global object, version 3 on `process`. */
function signalExitListeners(): number {
  const current = (globalThis as Record<symbol, { count?: unknown } | undefined>)[Symbol.for('signal-exit emitter')];
  const old = (process as { __signal_exit_emitter__?: { count?: unknown } }).__signal_exit_emitter__;
  return [current, old].reduce((sum, one) => sum + (typeof one?.count === 'number' ? one.count : 0), 0);
}
