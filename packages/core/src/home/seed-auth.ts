import { closeSync, constants, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { HomeError, type HomeErrorCode } from '../errors/index.js';
import { createFolder } from '../util/create-folder.js';
import { openSafely } from '../util/open-safely.js';
import type { HomePaths } from './paths.js';
import { writeBeside } from './write-beside.js';

/** Options of `seedAuthFrom()`. */
export interface AuthSeedOptions {
  /** Fail if the other home has no `auth.json`; else it is skipped. Default `false`. */
  readonly requireAuth?: boolean | undefined;
  /** Fail if the other home has no `.credentials.json`; else it is skipped. Default `false`. */
  readonly requireCredentials?: boolean | undefined;
  /** Create this home (mode 0700) if it is not there and something is copied. Default `true`. */
  readonly createTargetDirs?: boolean | undefined;
}

/** The files that `seedAuthFrom()` has copied. */
export interface AuthSeedOutcome {
  /** Whether `auth.json` was copied. */
  readonly copiedAuth: boolean;
  /** Whether `.credentials.json` was copied. */
  readonly copiedCredentials: boolean;
}

/** Reads and checks the whole seed before it writes, so that a login is copied completely or not at all. */
export function seedAuth(seed: HomePaths, target: HomePaths, options: AuthSeedOptions): AuthSeedOutcome {
  const seedRoot = checkSeedHome(seed.root);
  const auth = readSeedFile(seed.authPath, seedRoot, options.requireAuth === true);
  const credentials = readSeedFile(seed.credentialsPath, seedRoot, options.requireCredentials === true);
  const files = [
    ...(auth === undefined ? [] : [{ path: target.authPath, content: auth }]),
    ...(credentials === undefined ? [] : [{ path: target.credentialsPath, content: credentials }]),
  ];
  if (files.length > 0 && options.createTargetDirs !== false) createTarget(target.root);
  replaceFiles(files);
  return { copiedAuth: auth !== undefined, copiedCredentials: credentials !== undefined };
}

function checkSeedHome(root: string): string {
  const stats = attempt(() => statSync(root), root, 'is missing or cannot be read', 'SEED_HOME_UNREADABLE');
  if (!stats.isDirectory()) throw new HomeError(root, 'is not a folder', undefined, 'SEED_HOME_NOT_DIRECTORY');
  return attempt(() => realpathSync(root), root, 'cannot be read', 'SEED_HOME_UNREADABLE');
}

function readSeedFile(path: string, seedRoot: string, isRequired: boolean): Buffer | undefined {
  const stats = attempt(
    () => statSync(path, { throwIfNoEntry: false }),
    path,
    'cannot be read',
    'SEED_FILE_UNREADABLE',
  );
  if (stats === undefined) {
    if (isRequired)
      throw new HomeError(path, 'is required and missing. Log in there first.', undefined, 'SEED_FILE_MISSING');
    return undefined;
  }
  if (!stats.isFile()) throw new HomeError(path, 'is not a file', undefined, 'SEED_FILE_NOT_FILE');
  const real = attempt(() => realpathSync(path), path, 'cannot be read', 'SEED_FILE_UNREADABLE');
  const way = relative(seedRoot, real);
  if (way === '..' || way.startsWith(`..${sep}`) || join(seedRoot, way) !== real) {
    throw new HomeError(
      path,
      `is a link out of its home, to ${real}. Copy the file there first.`,
      undefined,
      'SEED_FILE_OUTSIDE',
    );
  }
  return attempt(() => readOpened(real), path, 'cannot be read', 'SEED_FILE_UNREADABLE');
}

/** Checks the open file: the name may lead to another file by now. */
function readOpened(path: string): Buffer {
  const file = openSafely(path, { flags: constants.O_RDONLY });
  try {
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function createTarget(root: string): void {
  attempt(
    () => {
      createFolder(root, 0o700);
    },
    root,
    'cannot be created',
    'SEED_TARGET_FAILED',
  );
}

/** Writes all temporary files first, then renames them. */
function replaceFiles(files: readonly { readonly path: string; readonly content: Buffer }[]): void {
  const moves: { readonly path: string; readonly temporary: string }[] = [];
  try {
    for (const { path, content } of files) {
      const temporary = attempt(() => writeBeside(path, content), path, 'cannot be written', 'SEED_COPY_FAILED');
      moves.push({ path, temporary });
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
        throw new HomeError(path, `is a folder; ${basename(path)} must be a file`, undefined, 'SEED_COPY_FAILED');
      }
    }
    for (const { path, temporary } of moves) {
      attempt(
        () => {
          renameSync(temporary, path);
        },
        path,
        'cannot be replaced',
        'SEED_COPY_FAILED',
      );
    }
  } finally {
    for (const { temporary } of moves) rmSync(temporary, { force: true });
  }
}

function attempt<T>(action: () => T, path: string, problem: string, code: HomeErrorCode): T {
  try {
    return action();
  } catch (error) {
    throw new HomeError(path, problem, error, code);
  }
}
