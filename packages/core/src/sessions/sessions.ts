import { stat } from 'node:fs/promises';
import { sep } from 'node:path';
import {
  catchError,
  concatMap,
  defer,
  EMPTY,
  from,
  last,
  map,
  type Observable,
  scan,
  switchMap,
  takeWhile,
} from 'rxjs';
import type { CommandOptions } from '../commands/command-options.js';
import { InputError } from '../errors/input-error.js';
import { isCodexError } from '../errors/is-codex-error.js';
import { toInputError } from '../errors/to-input-error.js';
import { homeExists } from '../home/home-exists.js';
import type { Report } from '../home/list-rollouts.js';
import { resolveHome } from '../home/resolve-home.js';
import { readSessionNames, type SessionNames } from '../home/session-names.js';
import { validateOptions } from '../request/validate.js';
import { type FindRolloutsOptions, findRollouts$, warn } from '../rollouts/find-rollouts.js';
import { readRolloutHead$ } from '../rollouts/read-rollout.js';
import { afterParents } from './after-parents.js';
import {
  emptyHead,
  isReadEnough,
  parentThread,
  readHead,
  type SessionHead,
  type SessionKind,
  sessionKind,
} from './session-head.js';

/** The home is that of a run with the same options. */
export interface SessionsOptions
  extends Pick<CommandOptions, 'codexHome' | 'workingDirectory' | 'env' | 'inheritEnv'>,
    FindRolloutsOptions {}

/** A session of a Codex home. */
export interface Session {
  /** The thread id, for `resume$` and `fork$`. */
  readonly id: string;
  /** The name of the session, if it has one (CLI ≥ 0.125). `resume$` accepts it, too. */
  readonly name: string | undefined;
  /** The folder in which the session started. */
  readonly folder: string | undefined;
  /** The first message of the user, if it is in the first megabyte of the file; a review has none. */
  readonly firstPrompt: string | undefined;
  /** When the session started, if its file says so. */
  readonly created: Date | undefined;
  /** The time of the last write to the file. */
  readonly updated: Date;
  /** An archived session cannot be resumed. */
  readonly archived: boolean;
  /** The version of the CLI that started the session. */
  readonly cliVersion: string | undefined;
  /**
   * How the session started: by a user (`exec`, `cli`, …), as a `review` or `subagent` of another session, or by the
   * CLI for itself (`internal`).
   */
  readonly kind: SessionKind | undefined;
  /** The session that this one was forked from (CLI ≥ 0.125). */
  readonly forkedFrom: string | undefined;
  /** The session whose agent started this one as a sub-agent (CLI ≥ 0.125). */
  readonly parent: string | undefined;
  /** The rollout, for `readRollout$`. */
  readonly path: string;
}

/**
 * Emits the sessions of a home, archived ones included, newest first, then completes. A sub-agent follows the session
 * whose agent started it; without that session in the home, it comes last.
 *
 * Reads at most the first megabyte of each file, one file after another, so that `take(10)` costs ten files in a
 * home of any size. A home that does not exist has no sessions. Reports files that cannot be read or are not
 * sessions to `onSkipped` (default: a process warning) and skips them.
 *
 * Errors with `RequestError` (`REQUEST_INVALID`) for an invalid option, and with `HomeError` (`HOME_FAILED`) for a
 * home that is not a folder.
 *
 * @example
 * ```ts
 * import { sessions$ } from '@codex-rx/core';
 * import { filter, take } from 'rxjs';
 *
 * sessions$({ codexHome: 'data/codex-home' })
 *   .pipe(
 *     filter(({ archived, kind }) => !archived && kind === 'exec'),
 *     take(10),
 *   )
 *   .subscribe(({ id, name, firstPrompt }) => console.log(id, name ?? firstPrompt));
 * ```
 *
 * @see latestSession$
 */
export function sessions$(options: SessionsOptions = {}): Observable<Session> {
  return defer(() => {
    validateOptions(options);
    const home = resolveHome(options);
    const report = options.onSkipped ?? warn;
    return from(namesIn(home.root, report)).pipe(
      switchMap((names) =>
        findRollouts$(home.root, { onSkipped: report }).pipe(
          concatMap((path) => {
            const archived = path.startsWith(home.archivedSessionsDir + sep);
            return describe$(path, report).pipe(
              map((session) => ({ ...session, archived, name: names.get(session.id) })),
            );
          }),
          afterParents(),
        ),
      ),
    );
  });
}

/** A home that is not a folder fails with its own error, not as an unreadable index. */
async function namesIn(home: string, report: Report): Promise<SessionNames> {
  return (await homeExists(home)) ? readSessionNames(home, report) : new Map();
}

type Described = Omit<Session, 'archived' | 'name'>;

/** Emits once, or not at all for a file that is not a session. */
function describe$(path: string, report: Report): Observable<Described> {
  return readRolloutHead$(path).pipe(
    scan(readHead, emptyHead),
    takeWhile((head) => !isReadEnough(head), true),
    last(null, emptyHead),
    switchMap((head) => describe(path, head)),
    catchError((error: unknown) => {
      report(isCodexError(error, 'INPUT_FAILED') ? error : toInputError(path, error));
      return EMPTY;
    }),
  );
}

async function describe(path: string, { meta, began, prompt }: SessionHead): Promise<Described> {
  if (meta?.id === undefined)
    throw new InputError(path, 'it is not a session: its first records contain no session data');
  const { mtime } = await stat(path);
  return {
    id: meta.id,
    folder: meta.cwd,
    firstPrompt: prompt,
    created: dateOf(meta.timestamp) ?? dateOf(began),
    updated: mtime,
    cliVersion: meta.cli_version,
    forkedFrom: meta.forked_from_id ?? undefined,
    parent: parentThread(meta),
    kind: sessionKind(meta),
    path,
  };
}

function dateOf(text: string | undefined): Date | undefined {
  const date = text === undefined ? undefined : new Date(text);
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}
