import type { ThreadEvent } from '@codex-rx/core/events';
import { emptySnapshot, snapshots, type ThreadSnapshot, type ThreadStatus } from '@codex-rx/operators';
import { catchError, defer, map, type Observable, of, startWith, tap, throttleTime } from 'rxjs';

/** The state of a run as a view shows it. */
export interface RunState {
  readonly status: ThreadStatus;
  readonly snapshot: ThreadSnapshot;
  /** Why the turn failed, or why the run broke off. */
  readonly failure: string | undefined;
}

export const initialState = stateOf(emptySnapshot);

/**
 * The states of a run: the initial one synchronously, then at most twenty a second, and always the last one. A failed
 * run ends in a state, too, so that the view keeps its content.
 */
export function runStates$(run$: Observable<ThreadEvent>): Observable<RunState> {
  return defer(() => {
    let state = initialState;
    return run$.pipe(
      snapshots(),
      map(stateOf),
      tap((latest) => {
        state = latest;
      }),
      catchError((error: unknown) => {
        const failure = error instanceof Error ? error.message : String(error);
        return of<RunState>({ ...state, status: 'failed', failure });
      }),
      startWith(initialState),
      throttleTime(50, undefined, { leading: true, trailing: true }),
    );
  });
}

function stateOf(snapshot: ThreadSnapshot): RunState {
  return { status: snapshot.status, snapshot, failure: snapshot.error?.message };
}
