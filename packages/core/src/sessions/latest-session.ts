import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { defer, filter, type Observable, take } from 'rxjs';
import { checkString } from '../request/checks.js';
import type { SessionKind } from './session-head.js';
import { type Session, type SessionsOptions, sessions$ } from './sessions.js';

/** Options of `latestSession$`. */
export interface LatestSessionOptions extends SessionsOptions {
  /** Only sessions that started in this folder. Default: any folder. */
  readonly folder?: string | undefined;
  /** Only sessions of this kind. Default: sessions that a user started. */
  readonly kind?: SessionKind | undefined;
}

/**
 * Emits the session that started last and can be resumed, or nothing, then completes.
 *
 * Skips archived sessions, and by default those of reviews, of sub-agents and of the CLI itself (`internal`), which
 * start after the session that they belong to. Errors like {@link sessions$}.
 *
 * @example
 * ```ts
 * import { latestSession$, resume$ } from '@codex-rx/core';
 * import { concatMap } from 'rxjs';
 *
 * const options = { codexHome: 'data/codex-home', workingDirectory: process.cwd() };
 * latestSession$({ ...options, folder: options.workingDirectory })
 *   .pipe(concatMap(({ id }) => resume$({ ...options, session: id, prompt: 'Continue.' })))
 *   .subscribe((event) => console.log(event.type));
 * ```
 */
export function latestSession$(options: LatestSessionOptions = {}): Observable<Session> {
  return defer(() => {
    const { folder, kind, ...sessionsOptions } = options;
    if (folder !== undefined) checkString('folder', folder);
    const wanted = folder === undefined ? undefined : realPath(folder);
    return sessions$(sessionsOptions).pipe(
      filter((session) => !session.archived),
      filter((session) => (kind === undefined ? isStartedByUser(session) : session.kind === kind)),
      filter(
        (session) => wanted === undefined || (session.folder !== undefined && realPath(session.folder) === wanted),
      ),
      take(1),
    );
  });
}

function isStartedByUser({ kind, parent }: Session): boolean {
  return parent === undefined && kind !== 'review' && kind !== 'subagent' && kind !== 'internal';
}

/** The CLI records the real path of its folder, or the given path, depending on its version. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
