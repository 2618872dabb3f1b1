import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  catchError,
  concat,
  defer,
  EMPTY,
  firstValueFrom,
  from,
  map,
  mergeMap,
  Observable,
  of,
  throwError,
} from 'rxjs';
import { abortable } from '../../errors/abortable.js';
import { AbortError } from '../../errors/index.js';
import type { ThreadEvent, ThreadStartedEvent } from '../../events/events.js';
import { sessionNotFound } from '../../outcome/session-not-found.js';
import { trackFolders } from '../../process/live-runs.js';
import { trackPending, waitForRuns } from '../../process/pending-runs.js';
import { removeFolder } from '../../process/remove-folder.js';
import { createRunId } from '../../process/run-id.js';
import { createFolder, temporaryPath, WORK_FOLDER } from '../../process/temporary-folder.js';
import { ISOLATED_CONFIG } from '../../request/isolated-config.js';
import type { AnyRunRequest, ForkRequest } from '../../request/types.js';
import type { AppServerOptions } from '../server/options.js';
import type { ServerHub } from '../server/server-hub.js';
import { startTurn$ } from '../thread/app-server-thread.js';
import { killLeft } from '../thread/interrupt.js';
import { clockTicks } from '../thread/kill-commands.js';
import { forkThread$, resumeThread$, startThread$ } from '../thread/open-thread.js';
import { startReview$ } from '../thread/review.js';
import type { ThreadHub } from '../thread/thread-hub.js';
import type { ThreadOptions } from '../thread/thread-options.js';
import { findSession$ } from './find-session.js';
import { planRun, type RunPlan } from './run-plan.js';

/** A thread for one run, and how its first event describes it. */
interface OpenedThread {
  readonly thread: ThreadHub;
  readonly origin: Partial<ThreadStartedEvent>;
}

/** Decisions of the caller of a run, and its notifications. */
export interface RunHooks {
  /** The translated request, if the caller has checked it. */
  readonly plan?: RunPlan;
  /** Starts the thread of a run on a new thread. */
  readonly startThread$?: typeof startThread$;
  /** Receives the thread of the run before the first event. */
  readonly onThread?: (thread: ThreadHub) => void;
  /** Receives a promise, when the run ends or is unsubscribed, that resolves when nothing of the run is left. */
  readonly onEnding?: (ended: Promise<void>) => void;
  /** The turn was interrupted, but the server did not end it. */
  readonly onStuck?: () => void;
}

/**
 * Runs a request on a server: a thread and one turn. Cold. Completes and errors when nothing of the run is left on the
 * server.
 */
export function runOnServer$(
  hub: ServerHub,
  options: AppServerOptions,
  request: AnyRunRequest,
  { startThread$: start$ = startThread$, onThread, onEnding, onStuck, plan: known }: RunHooks = {},
): Observable<ThreadEvent> {
  return new Observable((subscriber) => {
    const plan = known ?? planRun(request, options);
    const { signal } = plan.turn;
    if (signal?.aborted === true) throw new AbortError(signal.reason);
    const workspace = openWorkspace(request, plan.thread);
    const since = request.reapAfterTurn === true ? clockTicks() : 0;
    let turnEnded: Promise<void> = Promise.resolve();
    let ending: Promise<void> | undefined;
    // Not unsubscribed: a thread that opens after the end of the run is released, so that others can use it.
    const opening = firstValueFrom(
      openThread$(hub, request, workspace.thread, { start$, isOver: () => ending !== undefined }),
    );
    const events$ = abortable(from(opening), signal).pipe(
      mergeMap(({ thread, origin }) => {
        onThread?.(thread);
        const started: ThreadEvent = { type: 'thread.started', thread_id: thread.id, ...origin };
        const turn$ = runTurnOn$(thread, request, plan, (ended) => {
          turnEnded = ended;
        });
        return concat(of(started), turn$);
      }),
    );
    const cleanUp = async (isComplete: boolean): Promise<void> => {
      await turnEnded;
      if (isComplete && request.reapAfterTurn === true) await killLeft((await opening).thread, since);
      const released = opening.then(({ thread }) => {
        if (thread.events.active$.value !== undefined && thread.borrowers === 1) onStuck?.();
        release(hub, thread);
      });
      await waitForRuns([released], hub.terminateGrace);
      await workspace.remove();
    };
    const end = (isComplete: boolean): Promise<void> => {
      if (ending === undefined) {
        ending = cleanUp(isComplete);
        trackPending(ending, signal);
        onEnding?.(ending);
      }
      return ending;
    };
    const subscription = events$.subscribe({
      next: (event) => {
        subscriber.next(request.receivedAt === true ? { ...event, receivedAt: Date.now() } : event);
      },
      error: (error: unknown) => {
        void end(false).then(() => {
          subscriber.error(error);
        });
      },
      complete: () => {
        void end(true).then(() => {
          subscriber.complete();
        });
      },
    });
    return () => {
      subscription.unsubscribe();
      void end(false);
    };
  });
}

/**
 * A new thread without a working directory gets a folder of its own, without the instructions of the folders above it.
 * A stored thread continues in its folder.
 */
function openWorkspace(
  { command }: AnyRunRequest,
  thread: ThreadOptions,
): { readonly thread: ThreadOptions; readonly remove: () => Promise<void> } {
  if (thread.workingDirectory !== undefined || command === 'resume' || command === 'fork')
    return { thread, remove: () => Promise.resolve() };
  const id = createRunId();
  const folder = createFolder(undefined, temporaryPath(id));
  const untrack = trackFolders({ id, paths: [folder] });
  const workingDirectory = join(folder, WORK_FOLDER);
  mkdirSync(workingDirectory, { mode: 0o700 });
  const config = { ...ISOLATED_CONFIG, ...thread.config };
  return {
    thread: { ...thread, workingDirectory, config },
    remove: async () => {
      if (await removeFolder(folder)) untrack();
    },
  };
}

interface OpenContext {
  readonly start$: typeof startThread$;
  /** Whether the run has ended, so that no thread must start. */
  readonly isOver: () => boolean;
}

function openThread$(
  hub: ServerHub,
  request: AnyRunRequest,
  options: ThreadOptions,
  { start$, isOver }: OpenContext,
): Observable<OpenedThread> {
  const started$ = defer(() => start$(hub, options)).pipe(map((thread) => ({ thread: borrow(thread), origin: {} })));
  if (request.command !== 'resume' && request.command !== 'fork') return started$;
  const onMissing = request.command === 'resume' ? request.onMissing : undefined;
  return findSession$(hub, request).pipe(
    mergeMap((id) => {
      if (isOver()) return EMPTY;
      if (id !== undefined)
        return request.command === 'fork' ? forked$(hub, id, request, options) : resumed$(hub, id, options);
      if (onMissing === 'new') return started$;
      return throwError(() => sessionNotFound(typeof request.session === 'string' ? request.session : '--last'));
    }),
  );
}

function forked$(
  hub: ServerHub,
  id: string,
  { session }: ForkRequest,
  options: ThreadOptions,
): Observable<OpenedThread> {
  return forkThread$(hub, id, options).pipe(
    map((thread) => ({ thread: borrow(thread), origin: { forked_from: session } })),
  );
}

/** Counts the run before anything is sent, so that the run before it does not release the thread meanwhile. */
function resumed$(hub: ServerHub, id: string, options: ThreadOptions): Observable<OpenedThread> {
  return defer(() => {
    const known = hub.findThread(id.toLowerCase());
    if (known?.borrowers !== undefined) borrow(known);
    return resumeThread$(hub, id, options).pipe(
      map((thread) => ({ thread: thread === known ? thread : borrow(thread), origin: { resumed: true } })),
      catchError((error: unknown) => {
        if (known !== undefined) release(hub, known);
        return throwError(() => error);
      }),
    );
  });
}

/** Counts a run that uses a thread. A thread that its own run has not opened stays open. */
function borrow(thread: ThreadHub): ThreadHub {
  thread.borrowers = (thread.borrowers ?? 0) + 1;
  return thread;
}

function runTurnOn$(
  thread: ThreadHub,
  request: AnyRunRequest,
  { turn }: RunPlan,
  onStart: (ended: Promise<void>) => void,
): Observable<ThreadEvent> {
  if (request.command === 'review')
    return startReview$(thread, request.target, { timeout: turn.timeout, signal: turn.signal }, onStart);
  return request.prompt === undefined ? EMPTY : startTurn$(thread, request.prompt, turn, onStart);
}

function release(hub: ServerHub, thread: ThreadHub): void {
  if (thread.borrowers === undefined) return;
  thread.borrowers -= 1;
  if (thread.borrowers > 0 || hub.findThread(thread.id) !== thread) return;
  hub.release(thread.id);
  // The server unloads threads without a subscriber after a while.
  const unsubscribe$ = hub.request$('thread/unsubscribe', { threadId: thread.id });
  void firstValueFrom(unsubscribe$, { defaultValue: undefined }).catch(() => undefined);
}
