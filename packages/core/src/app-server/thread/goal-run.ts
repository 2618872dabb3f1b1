import {
  combineLatest,
  defer,
  filter,
  firstValueFrom,
  merge,
  NEVER,
  Observable,
  of,
  ReplaySubject,
  type Subscriber,
  startWith,
  switchMap,
} from 'rxjs';
import type { ThreadEvent } from '../../events/events.js';
import { trackPending } from '../../process/pending-runs.js';
import { validateReviewOptions } from '../options/validate-options.js';
import { followLimits } from './follow-limits.js';
import { type GoalOptions, setGoal$ } from './goal.js';
import { interruptTurn } from './interrupt.js';
import { clockTicks } from './kill-commands.js';
import type { ThreadHub } from './thread-hub.js';
import type { ReviewOptions } from './thread-options.js';

/** Why a goal is given up: an error, or nothing if the subscriber has left or `interrupt$()` was used. */
interface StopReason {
  readonly error?: Error;
}

/** Sets a goal on subscribe and emits the events of its turns. Waits for other turns of the thread. */
export function runGoal$(
  thread: ThreadHub,
  goal: GoalOptions & { readonly objective: string },
  options: ReviewOptions = {},
): Observable<ThreadEvent> {
  return defer(() => {
    validateReviewOptions(options);
    return new Observable<ThreadEvent>((subscriber) => {
      const stop$ = new ReplaySubject<StopReason>(1);
      const ended = run(thread, goal, options, { stop$, subscriber });
      trackPending(ended, options.signal);
      return () => {
        stop$.next({});
      };
    });
  });
}

async function run(
  thread: ThreadHub,
  goal: GoalOptions,
  options: ReviewOptions,
  { stop$, subscriber }: { stop$: ReplaySubject<StopReason>; subscriber: Subscriber<ThreadEvent> },
): Promise<void> {
  const gone$ = new ReplaySubject<void>(1);
  const before = thread.queue.enter(firstValueFrom(gone$));
  const unfollow = followLimits(
    options,
    () => ({ threadId: thread.id, lastNotice: undefined }),
    (error) => {
      stop$.next({ error });
    },
  );
  const own = {
    interrupt: async () => {
      stop$.next({});
      await firstValueFrom(gone$);
    },
  };
  const events = thread.events.all$.subscribe({ error: () => undefined });
  let since = clockTicks();
  const stop = () => interruptTurn(thread, thread.events.active$.value === undefined ? of(0) : NEVER, since);
  try {
    const stopped = firstValueFrom(stop$);
    const isReady = before.then(() => thread.idle()).then(() => thread.loader.load());
    let reason = await Promise.race([isReady.then(() => undefined), stopped]);
    if (reason === undefined) {
      if (thread.error !== undefined) throw thread.error;
      thread.ownTurn = own;
      thread.isStopping = false;
      since = clockTicks();
      events.add(
        thread.events.all$.subscribe({
          next: (event) => {
            subscriber.next(event);
          },
          error: () => undefined,
        }),
      );
      reason = await firstValueFrom(merge(goalEnd$(thread, goal), stop$));
      if (reason !== undefined) await stop();
    }
    if (reason?.error === undefined) subscriber.complete();
    else subscriber.error(reason.error);
  } catch (error) {
    if (thread.ownTurn === own && thread.goal.mayBeActive && thread.error === undefined) await stop();
    subscriber.error(error);
  } finally {
    events.unsubscribe();
    unfollow();
    if (thread.ownTurn === own) thread.ownTurn = undefined;
    gone$.next();
  }
}

/** Emits when the goal is over and its last turn, too. The goal ends before the turn in which it is reached. */
function goalEnd$(thread: ThreadHub, goal: GoalOptions): Observable<undefined> {
  return setGoal$(thread, goal).pipe(
    switchMap((set) =>
      combineLatest([thread.goal.changes$.pipe(startWith(thread.goal.current ?? set)), thread.events.active$]),
    ),
    filter(([current, turnId]) => current?.status !== 'active' && turnId === undefined),
    switchMap(() => of(undefined)),
  );
}
