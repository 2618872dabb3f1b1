/** Emits a process warning for an error in a clean-up: callers cannot handle an error that is thrown in a teardown. */
export function emitCleanupWarning(what: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  process.emitWarning(`${what}: ${reason}`, { type: 'CodexRxWarning' });
}

export function warnOnError(what: string, cleanup: () => void): void {
  try {
    cleanup();
  } catch (error) {
    emitCleanupWarning(what, error);
  }
}
