import type { EventEmitter } from 'node:events';
import { hostGlobal, hostProcess } from './host-process.js';

/**
 * All copies of this package in a process share one set, by a registered symbol: two versions, ESM and CommonJS, or the
 * test files of Jest. Copies that do not know each other would replace each other without end.
 */
const KEY = Symbol.for('@codex-rx/signal-listeners');

type Listener = Parameters<EventEmitter['on']>[1];

const host: Pick<EventEmitter, 'listeners' | 'on' | 'off' | 'prependListener'> = hostProcess;

function ownListeners(): Set<unknown> {
  const shared = hostGlobal as { [KEY]?: Set<unknown> | undefined };
  shared[KEY] ??= new Set();
  return shared[KEY];
}

/**
 * Adds a listener for events of the host process and keeps it before the listeners of the application, including
 * listeners that are added or prepended later. A listener that is called last does not find listeners that removed
 * themselves (`once`), and is not called after a listener that exits or throws.
 *
 * @returns a function that removes the listener
 */
export function listenFirst(events: readonly string[], listener: Listener): () => void {
  const own = ownListeners();
  let isScheduled = false;
  let isActive = true;

  const restore = (): void => {
    isScheduled = false;
    if (!isActive) return;
    for (const event of events) if (!isFirst(event)) moveToFront(event);
    for (const event of ['newListener', 'removeListener'])
      if (!host.listeners(event).includes(watch)) host.on(event, watch);
  };
  // Node emits `newListener` before it adds the listener.
  const watch = (event: string | symbol): void => {
    if (isScheduled || !(events.includes(String(event)) || event === 'newListener' || event === 'removeListener'))
      return;
    isScheduled = true;
    queueMicrotask(restore);
  };
  /** Other copies of this package may be in front, too. */
  const isFirst = (event: string): boolean =>
    host.listeners(event).find((one) => one === listener || !own.has(one)) === listener;
  /** Without listeners a signal kills the process: the first one is removed after the second has been added. */
  const moveToFront = (event: string): void => {
    const count = host.listeners(event).filter((one) => one === listener).length;
    host.prependListener(event, listener);
    for (let index = 0; index < count; index += 1) host.off(event, listener);
  };

  own.add(listener);
  restore();
  return () => {
    isActive = false;
    for (const event of ['newListener', 'removeListener']) host.off(event, watch);
    for (const event of events) host.off(event, listener);
    own.delete(listener);
  };
}

/** Returns whether another copy of this package still listens. The last one lets the signal have its effect. */
export function hasPeerListener(signal: NodeJS.Signals): boolean {
  return hostProcess.listeners(signal).some((listener) => ownListeners().has(listener));
}

/**
 * Returns whether the application itself listens for a signal, and so decides how to handle it. Ignores listeners
 * that only clean up: those of all copies of this package, and of signal-exit, which many libraries use and which
 * also waits until it is the only listener. Two listeners that wait for each other would make a process that a signal
 * cannot end.
 */
export function hasHostListener(signal: NodeJS.Signals): boolean {
  const listeners = hostProcess.listeners(signal);
  const own = listeners.filter((listener) => ownListeners().has(listener)).length;
  return listeners.length > own + signalExitListeners();
}

/**
 * All copies of signal-exit share a counter of their listeners: version 4 on the global object, version 3 on
 * `process`.
 */
function signalExitListeners(): number {
  const current = (globalThis as Record<symbol, { count?: unknown } | undefined>)[Symbol.for('signal-exit emitter')];
  const old = (hostProcess as { __signal_exit_emitter__?: { count?: unknown } }).__signal_exit_emitter__;
  return [current, old].reduce((sum, one) => sum + (typeof one?.count === 'number' ? one.count : 0), 0);
}
