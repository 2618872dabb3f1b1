/**
 * The callbacks of each signal. They share a listener, because Node.js warns about more than ten listeners and many
 * runs may share a signal.
 */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `callback` when the signal is aborted, or synchronously if it is already aborted. Returns a function that
 * removes the callback.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  const callbacks = waiting.get(signal) ?? listen(signal);
  callbacks.add(callback);
  return () => {
    // A second call must not remove the callbacks that were added since.
    if (callbacks.delete(callback) && callbacks.size === 0) unlisten(signal);
  };
}

const tellAll = ({ target }: Event): void => {
  const signal = target as AbortSignal;
  for (const callback of [...(waiting.get(signal) ?? [])]) callback();
};

function listen(signal: AbortSignal): Set<() => void> {
  const callbacks = new Set<() => void>();
  waiting.set(signal, callbacks);
  signal.addEventListener('abort', tellAll, { once: true });
  return callbacks;
}

function unlisten(signal: AbortSignal): void {
  waiting.delete(signal);
  signal.removeEventListener('abort', tellAll);
}
