import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { concat, defer, EMPTY, finalize, firstValueFrom, map, mergeMap, type Observable, of, throwError } from 'rxjs';
import type { ThreadEvent, ThreadStartedEvent } from '../../events/events.js';
import { sessionNotFound } from '../../outcome/session-not-found.js';
import { trackPending } from '../../process/pending-runs.js';
import { removeFolder } from '../../process/remove-folder.js';
import { createFolder } from '../../process/temporary-folder.js';
import type { AnyRunRequest, ResumeRequest, ReviewTarget } from '../../request/types.js';
import { abortable } from '../server/abortable.js';
import type { AppServerOptions } from '../server/options.js';
import type { ServerHub } from '../server/server-hub.js';
import { startTurn$ } from '../thread/app-server-thread.js';
import { forkThread$, resumeThread$, startThread$ } from '../thread/open-thread.js';
import type { ThreadHub } from '../thread/thread-hub.js';
import type { ThreadOptions } from '../thread/thread-options.js';
import { runTurn$ } from '../thread/turn-run.js';
import { findSession$ } from './find-session.js';
import { planRun, type RunPlan } from './run-plan.js';

/** A thread for one run, and how its first event describes it. */
interface OpenedThread {
  readonly thread: ThreadHub;
  readonly origin: Partial<ThreadStartedEvent>;
  /** Whether the thread was in use before the run, and stays so. */
  readonly isShared: boolean;
}

/** Runs a request on a server: a thread and one turn. Cold. */
export function runOnServer$(
  hub: ServerHub,
  options: AppServerOptions,
  request: AnyRunRequest,
): Observable<ThreadEvent> {
  return defer(() => {
    const plan = planRun(request, options);
    const workspace = openWorkspace(request, plan.thread);
    let opened: OpenedThread | undefined;
    return abortable(openThread$(hub, request, workspace.thread), plan.turn.signal).pipe(
      mergeMap((found) => {
        opened = found;
        const started: ThreadEvent = { type: 'thread.started', thread_id: found.thread.id, ...found.origin };
        return concat(of(started), turn$(found.thread, request, plan));
      }),
      finalize(() => {
        trackPending(cleanUp(hub, opened, workspace.folder), plan.turn.signal);
      }),
    );
  });
}

/**
 * A new thread without a working directory gets a folder of its own, without the instructions of the folders above it.
 * A stored thread continues in its folder.
 */
function openWorkspace(
  { command }: AnyRunRequest,
  thread: ThreadOptions,
): { readonly thread: ThreadOptions; readonly folder?: string } {
  if (thread.workingDirectory !== undefined || command === 'resume' || command === 'fork') return { thread };
  const folder = createFolder();
  const workingDirectory = join(folder, 'work');
  mkdirSync(workingDirectory, { mode: 0o700 });
  const config = { project_root_markers: [], project_doc_max_bytes: 0, ...thread.config };
  return { thread: { ...thread, workingDirectory, config }, folder };
}

function openThread$(hub: ServerHub, request: AnyRunRequest, options: ThreadOptions): Observable<OpenedThread> {
  switch (request.command) {
    case 'resume':
      return resumed$(hub, request, options);
    case 'fork':
      return forkThread$(hub, request.session, options).pipe(
        map((thread) => ({ thread, origin: { forked_from: request.session }, isShared: false })),
      );
    default:
      return started$(hub, options);
  }
}

function started$(hub: ServerHub, options: ThreadOptions): Observable<OpenedThread> {
  return startThread$(hub, options).pipe(map((thread) => ({ thread, origin: {}, isShared: false })));
}

function resumed$(hub: ServerHub, request: ResumeRequest, options: ThreadOptions): Observable<OpenedThread> {
  return findSession$(hub, request).pipe(
    mergeMap((id) => {
      if (id !== undefined) {
        const isShared = hub.findThread(id) !== undefined;
        return resumeThread$(hub, id, options).pipe(map((thread) => ({ thread, origin: { resumed: true }, isShared })));
      }
      if (request.onMissing === 'new') return started$(hub, options);
      return throwError(() => sessionNotFound(typeof request.session === 'string' ? request.session : '--last'));
    }),
  );
}

function turn$(thread: ThreadHub, request: AnyRunRequest, { turn }: RunPlan): Observable<ThreadEvent> {
  if (request.command === 'review')
    return runTurn$(thread, {
      start$: thread.server.request$('review/start', { threadId: thread.id, target: reviewTarget(request.target) }),
      timeout: turn.timeout,
      signal: turn.signal,
    });
  return request.prompt === undefined ? EMPTY : startTurn$(thread, request.prompt, turn);
}

function reviewTarget(target: ReviewTarget) {
  if ('uncommitted' in target) return { type: 'uncommittedChanges' as const };
  if ('base' in target) return { type: 'baseBranch' as const, branch: target.base };
  if ('commit' in target) return { type: 'commit' as const, sha: target.commit, title: target.title };
  return { type: 'custom' as const, instructions: target.prompt };
}

async function cleanUp(hub: ServerHub, opened: OpenedThread | undefined, folder: string | undefined): Promise<void> {
  if (opened !== undefined) {
    const { thread, isShared } = opened;
    await thread.over();
    if (!isShared) {
      hub.release(thread.id);
      // The server unloads threads without a subscriber after a while.
      const unsubscribe$ = hub.request$('thread/unsubscribe', { threadId: thread.id });
      void firstValueFrom(unsubscribe$, { defaultValue: undefined }).catch(() => undefined);
    }
  }
  if (folder !== undefined) await removeFolder(folder);
}
