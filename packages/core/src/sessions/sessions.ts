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
import { resolveHome } from '../commands/resolve-home.js';
import { InputError } from '../errors/input-error.js';
import { isCodexError } from '../errors/is-codex-error.js';
import { toInputError } from '../errors/to-input-error.js';
import { homeExists } from '../home/home-exists.js';
import type { Report } from '../home/list-rollouts.js';
import { validateOptions } from '../request/validate.js';
import { type FindRolloutsOptions, findRollouts$, warn } from '../rollouts/find-rollouts.js';
import { readRollout$ } from '../rollouts/read-rollout.js';
import { emptyHead, isReadEnough, readHead, type SessionHead } from './session-head.js';
import { readSessionNames, type SessionNames } from './session-names.js';

/** Whose sessions: those of the home that a run with the same options has. */
export interface SessionsOptions
  extends Pick<CommandOptions, 'codexHome' | 'workingDirectory' | 'env' | 'inheritEnv'>,
    FindRolloutsOptions {}

/** A session of a Codex home. */
export interface Session {
  /** The thread id; what `resume$` and `fork$` take. */
  readonly id: string;
  /** What the session was called, if it was (CLI ≥ 0.125); `resume$` takes this, too. */
  readonly name: string | undefined;
  /** The folder in which it began. */
  readonly folder: string | undefined;
  /** The first thing that the user said in it; `undefined` for what began otherwise, such as a review. */
  readonly firstPrompt: string | undefined;
  readonly created: Date | undefined;
  /** When its file was last written. */
  readonly updated: Date;
  /** An archived session cannot be resumed. */
  readonly archived: boolean;
  /** The version of the CLI that began it. */
  readonly cliVersion: string | undefined;
  /** The session that it was forked from (CLI ≥ 0.150). */
  readonly forkedFrom: string | undefined;
  /** The session whose agent started this one as a sub-agent (CLI ≥ 0.150). */
  readonly parent: string | undefined;
  /** Its rollout, for `readRollout$`. */
  readonly path: string;
}

/**
 * Emits the sessions of a home, the one that began last first, then completes. Archived ones are among them.
 *
 * Of each file only the beginning is read, one file after another, so that `take(10)` costs ten files whatever the home holds. A home that
 * does not exist has none. Files that cannot be read, or hold no session, are told to `onSkipped` (else a warning of the process) and left
 * out. Errors: `RequestError` (`REQUEST_INVALID`) for a bad option, `HomeError` (`HOME_FAILED`) for a home that is no folder.
 *
 * @example
 * ```ts
 * import { sessions$ } from '@codex-rx/core';
 * import { filter, take } from 'rxjs';
 *
 * sessions$({ codexHome: 'data/codex-home' })
 *   .pipe(
 *     filter(({ archived, folder }) => !archived && folder === process.cwd()),
 *     take(10),
 *   )
 *   .subscribe(({ id, name, firstPrompt }) => console.log(id, name ?? firstPrompt));
 * ```
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
        ),
      ),
    );
  });
}

/** A home that is no folder fails as such, not as an index that cannot be read. */
async function namesIn(home: string, report: Report): Promise<SessionNames> {
  return (await homeExists(home)) ? readSessionNames(home, report) : new Map();
}

type Described = Omit<Session, 'archived' | 'name'>;

/** Emits once, or not at all for a file that is no session. */
function describe$(path: string, report: Report): Observable<Described> {
  return readRollout$(path).pipe(
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
  if (meta?.id === undefined) throw new InputError(path, 'it holds no data of a session');
  const { mtime } = await stat(path);
  return {
    id: meta.id,
    folder: meta.cwd,
    firstPrompt: prompt,
    created: dateOf(meta.timestamp) ?? dateOf(began),
    updated: mtime,
    cliVersion: meta.cli_version,
    forkedFrom: meta.forked_from_id ?? undefined,
    parent: meta.parent_thread_id ?? undefined,
    path,
  };
}

function dateOf(text: string | undefined): Date | undefined {
  const date = text === undefined ? undefined : new Date(text);
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}
