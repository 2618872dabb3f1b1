import { lstatSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { catchError, defer, type Observable, of, throwError } from 'rxjs';
import { HomeError } from '../../errors/index.js';
import { isBranded } from '../../events/codex-error.js';
import { MAX_CONFIG_BYTES } from '../../home/inspect-file.js';
import { writeBeside } from '../../home/write-beside.js';
import { createFolder } from '../../util/create-folder.js';
import { errorMessage } from '../../util/error-message.js';
import { readRegularFile } from '../../util/read-regular-file.js';
import { withConfigLock$ } from './config-lock.js';

/** Attempts at an edit of a file that other processes keep changing. */
const MAX_ATTEMPTS = 5;

interface Edit {
  readonly text: string;
}

/** A written edit. */
export interface WrittenEdit<E extends Edit> {
  readonly edit: E;
  /** The text before it; `undefined` without a file. */
  readonly before: string | undefined;
}

/**
 * Returns the text of a file, `undefined` if it does not exist.
 *
 * @throws HomeError
 */
export function readConfig(path: string): string | undefined {
  try {
    return readRegularFile(path, MAX_CONFIG_BYTES, { isStrict: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new HomeError(path, `cannot be read: ${errorMessage(error)}.`, error);
  }
}

/**
 * Edits a file on subscribe and emits the edit; one process at a time. If a process that does not use the lock, such as
 * the CLI, changes the file between reading and writing, the edit is applied to the new text.
 *
 * Errors: HomeError.
 *
 * @param edit may throw an Error that says why the text cannot be edited
 */
export function editConfig$<E extends Edit>(path: string, edit: (text: string) => E): Observable<WrittenEdit<E>> {
  return defer(() => {
    if (readConfig(path) === undefined) {
      const unchanged = applyEdit(path, () => edit(''));
      if (unchanged.text === '') return of({ edit: unchanged, before: undefined });
    }
    return locked$(path, () => editUnlocked(path, edit));
  });
}

function locked$<T>(path: string, task: () => T): Observable<T> {
  return defer(() => {
    createFolder(dirname(path), 0o700);
    return withConfigLock$(followLink(path), task);
  }).pipe(
    catchError((error: unknown) =>
      throwError(() =>
        isBranded(error) ? error : new HomeError(path, `cannot be written: ${errorMessage(error)}.`, error),
      ),
    ),
  );
}

function editUnlocked<E extends Edit>(path: string, edit: (text: string) => E): WrittenEdit<E> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const before = readConfig(path);
    const edited = applyEdit(path, () => edit(before ?? ''));
    if (edited.text === (before ?? '') || replaceUnlocked(path, before, edited.text)) return { edit: edited, before };
  }
  throw new HomeError(path, 'is being changed by other processes. Try again.');
}

function applyEdit<T>(path: string, edit: () => T): T {
  try {
    return edit();
  } catch (error) {
    if (isBranded(error)) throw error;
    // The parser's message quotes the text; its first line says what is wrong.
    throw new HomeError(path, `cannot be changed: ${errorMessage(error).split('\n', 1)[0] ?? ''}.`);
  }
}

/**
 * Replaces a file as a whole, readable by its owner only; creates its folder. A link is followed, so that it stays a
 * link. `undefined` as the new text removes the file.
 *
 * @param expected the text that it replaces; `undefined`: there must be no file
 * @returns emits `false` if the file contains something else. Errors: HomeError.
 */
export function replaceConfig$(
  path: string,
  expected: string | undefined,
  text: string | undefined,
): Observable<boolean> {
  return locked$(path, () => replaceUnlocked(path, expected, text));
}

function replaceUnlocked(path: string, expected: string | undefined, text: string | undefined): boolean {
  try {
    const target = followLink(path);
    const mode = statSync(target, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined && (mode & 0o200) === 0) throw new Error('the file is read-only');
    if (text === undefined) {
      if (readConfig(path) !== expected) return false;
      rmSync(path, { force: true });
      return true;
    }
    const temporary = writeBeside(target, text);
    try {
      // As late as possible: the file system cannot compare and rename in one step.
      if (readConfig(path) !== expected) return false;
      renameSync(temporary, target);
      return true;
    } finally {
      rmSync(temporary, { force: true });
    }
  } catch (error) {
    throw new HomeError(path, `cannot be written: ${errorMessage(error)}.`, error);
  }
}

/** @throws Error for a link to a missing file, which would become a file */
function followLink(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true)
      throw new Error('it is a link to a file that does not exist');
    return path;
  }
}
