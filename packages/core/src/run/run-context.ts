import type { Subscriber } from 'rxjs';
import type { RawLine } from '../events/raw-line.js';
import type { RunNotification } from './run-notification.js';

/** The notifications of `run$`, and the lines of `lines$`. */
export type AnyNotification = RunNotification | { readonly type: 'line'; readonly line: RawLine };

/** Notifications that are only emitted on request. */
export interface Included {
  readonly lines?: boolean;
  readonly stderr?: boolean;
}

/** The subscriber of one run, and the runs before it. */
export interface RunContext {
  readonly subscriber: Subscriber<AnyNotification>;
  readonly include: Included;
  /** Runs that must have ended before this one starts. */
  readonly predecessors: readonly Promise<unknown>[];
}
