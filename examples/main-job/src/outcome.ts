import { materialize, type OperatorFunction, reduce } from 'rxjs';
import type { Moment } from './moments.js';

/** How a run ended. */
export interface Outcome {
  /** The last moment, if there was any. */
  readonly last: Moment | undefined;
  /** What the stream failed with; `undefined` if it completed. */
  readonly error: unknown;
}

const none: Outcome = { last: undefined, error: undefined };

/** Emits one outcome when the moments end, however they do; adds no errors and passes none on. */
export function outcome(): OperatorFunction<Moment, Outcome> {
  return (moments$) =>
    moments$.pipe(
      materialize(),
      reduce((known: Outcome, notification): Outcome => {
        switch (notification.kind) {
          case 'N':
            return { ...known, last: notification.value };
          case 'E':
            return { ...known, error: notification.error };
          case 'C':
            return known;
        }
      }, none),
    );
}

export type Verdict = 'completed' | 'failed' | 'stopped' | 'unfinished';

/** `unfinished`: a record that ends before its turn does. */
export function verdict({ last, error }: Outcome, wasStopped: boolean): Verdict {
  const status = last?.snapshot.status;
  if (status === 'completed' && error === undefined) return 'completed';
  if (wasStopped) return 'stopped';
  return error !== undefined || status === 'failed' ? 'failed' : 'unfinished';
}
