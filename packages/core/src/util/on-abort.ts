/** Who wants to know of each signal: one listener for all of them, as Node warns of more than ten, and many runs may share a signal. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls back when the signal is aborted, until the answer is called; at once if it is aborted already. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  const callbacks = waiting.get(signal) ?? listen(signal);
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size === 0) unlisten(signal);
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
