import { resolve } from 'node:path';
import { defer, map, mergeMap, type Observable, of } from 'rxjs';
import { checkWorkingDirectory } from '../../process/spawn-failure.js';
import { checkThreadId, validateThreadOptions } from '../options/validate-options.js';
import type { ServerHub } from '../server/server-hub.js';
import { toDynamicTools } from '../tools/dynamic-tools.js';
import { reportMissingTools } from '../tools/missing-tools.js';
import { mapSessionError } from './session-error.js';
import { type ThreadResult, threadParams } from './settings.js';
import type { ThreadHub } from './thread-hub.js';
import type { ThreadOptions } from './thread-options.js';

/** Starts a thread per subscription. */
export function startThread$(hub: ServerHub, options: ThreadOptions): Observable<ThreadHub> {
  return defer(() => {
    checkOptions(hub, options);
    const { ephemeral } = options;
    const dynamicTools = toDynamicTools(options, hub.info);
    const params = { ...threadParams(options, hub.hasApprovals), ephemeral, dynamicTools };
    return hub.request$('thread/start', params).pipe(
      map((result) => {
        const thread = adopt(hub, options, result);
        thread.loader.isNew = true;
        return thread;
      }),
    );
  });
}

/** Resumes a stored thread, or one that the server has loaded. */
export function resumeThread$(hub: ServerHub, threadId: string, options: ThreadOptions): Observable<ThreadHub> {
  return defer(() => {
    checkThreadId(threadId);
    checkOptions(hub, options);
    const params = { threadId, ...threadParams(options, hub.hasApprovals) };
    // A history can have tens of MB. It is needed only for a turn that another client runs.
    const isBrief = hub.info.experimentalApi;
    return hub
      .request$('thread/resume', isBrief ? { ...params, excludeTurns: true } : params)
      .pipe(mergeMap((result) => (isBrief && isActive(result) ? hub.request$('thread/resume', params) : of(result))));
  }).pipe(
    mapSessionError(threadId),
    map((result) => adoptStored(hub, options, result)),
  );
}

/** Continues a copy of a thread. */
export function forkThread$(hub: ServerHub, threadId: string, options: ThreadOptions): Observable<ThreadHub> {
  return defer(() => {
    checkThreadId(threadId);
    checkOptions(hub, options);
    const { ephemeral } = options;
    const params = { threadId, ...threadParams(options, hub.hasApprovals), ephemeral };
    return hub.request$('thread/fork', params);
  }).pipe(
    mapSessionError(threadId),
    map((result) => adoptStored(hub, options, result)),
  );
}

function checkOptions(hub: ServerHub, options: ThreadOptions): void {
  validateThreadOptions(options);
  const { workingDirectory } = options;
  // Another server may see other folders.
  if (workingDirectory !== undefined && hub.info.pid !== undefined) checkWorkingDirectory(resolve(workingDirectory));
}

/** Whether a turn runs on a thread. CLI 0.98 does not report it. */
function isActive({ thread }: { readonly thread: { readonly status?: { readonly type: string } | null } }): boolean {
  return thread.status?.type === 'active';
}

/** Synchronous, so that no notification of the thread is missed. */
function adopt(hub: ServerHub, options: ThreadOptions, result: ThreadResult): ThreadHub {
  const thread = hub.threads.open(result.thread.id);
  hub.threads.own(thread.id);
  thread.adopt(options, result);
  return thread;
}

/** The tools of a thread cannot change. Only the session files of a server of this host can be read. */
function adoptStored(hub: ServerHub, options: ThreadOptions, result: ThreadResult): ThreadHub {
  const thread = adopt(hub, options, result);
  if (hub.info.pid !== undefined) reportMissingTools(result.thread, options.tools ?? []);
  return thread;
}
