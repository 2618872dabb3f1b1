import type { ThreadEvent } from '@codex-rx/core';
import type { Observable } from 'rxjs';
import type { Head } from '../view/head.js';

/** A run to be watched, wherever its events come from. */
export interface Run {
  readonly head: Head;
  readonly events$: Observable<ThreadEvent>;
  /** Where its files are; none for a record. */
  readonly folder: string | undefined;
}

/** Opens a run, uses it, and closes all that it needed, however the use ended. */
export type WithRun = <T>(signal: AbortSignal, use: (run: Run) => Promise<T>) => Promise<T>;
