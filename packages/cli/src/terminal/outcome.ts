import type { ThreadSnapshot } from '@codex-rx/operators';
import { materialize, type OperatorFunction, reduce } from 'rxjs';

/** How a run ended. */
export interface Outcome {
  /** The last snapshot; `undefined` for a run without events. */
  readonly snapshot: ThreadSnapshot | undefined;
  /** The error of the stream; `undefined` if it completed. */
  readonly error: unknown;
}

const none: Outcome = { snapshot: undefined, error: undefined };

/** Emits one outcome when the run ends, however it does; adds no errors and passes none on. */
export function outcome(): OperatorFunction<ThreadSnapshot, Outcome> {
  return (snapshots$) =>
    snapshots$.pipe(
      materialize(),
      reduce((known: Outcome, notification): Outcome => {
        switch (notification.kind) {
          case 'N':
            return { ...known, snapshot: notification.value };
          case 'E':
            return { ...known, error: notification.error };
          case 'C':
            return known;
        }
      }, none),
    );
}

/** The result of a run in one word. */
export type Verdict = 'completed' | 'failed' | 'stopped' | 'unfinished';

/** `unfinished`: a record that ends before its turn does. */
export function verdict({ snapshot, error }: Outcome, wasStopped: boolean): Verdict {
  if (snapshot?.status === 'completed' && error === undefined) return 'completed';
  if (wasStopped) return 'stopped';
  return error !== undefined || snapshot?.status === 'failed' ? 'failed' : 'unfinished';
}
