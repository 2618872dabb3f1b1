import type { RunView } from 'codex-rx/terminal';

/** Opens a run, uses it, and closes its resources, however the use ended. */
export type WithRun = <T>(signal: AbortSignal, use: (run: RunView) => Promise<T>) => Promise<T>;
