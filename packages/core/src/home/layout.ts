import { join, resolve } from 'node:path';
import { HomeError, RequestError } from '../errors/index.js';
import { checkPath } from '../request/checks.js';
import { createFolder } from '../util/create-folder.js';
import { type HomeInspection, inspectHome } from './inspect.js';
import type { HomePaths } from './paths.js';
import { type AuthSeedOptions, type AuthSeedOutcome, seedAuth } from './seed-auth.js';

/** The absolute paths of a Codex home, and operations on it. */
export interface CodexHomeLayout extends HomePaths {
  /**
   * Resolves to sizes, times, the parsed configuration and the kind of login, all without secrets. A home that does
   * not exist is empty.
   *
   * @throws HomeError (`HOME_FAILED`) if the home is not a folder or cannot be read
   */
  inspect(): Promise<HomeInspection>;
  /**
   * Creates the home (mode 0700) with its `conversations` and `logs` folders, unless `create` is `false`.
   * Changes nothing that exists.
   *
   * @throws HomeError (`HOME_FAILED`) with the folder that could not be created
   */
  materialize(create?: boolean): void;
  /**
   * Copies the login of another home into this one: `auth.json` and `.credentials.json`, never history, logs or
   * configuration. Both are checked before anything is written; each is replaced in one step, readable by its owner
   * only (0600). A link out of the other home is not followed, and one in this home is replaced, not written through.
   *
   * @throws HomeError with a code that starts with `SEED_`
   */
  seedAuthFrom(home: string | HomePaths, options?: AuthSeedOptions): AuthSeedOutcome;
}

/**
 * Describes the Codex home at a folder; does not touch the disk. Pass its `root` as `codexHome` to run with it.
 * Neither the host's `CODEX_HOME` nor `~/.codex` is ever looked at.
 *
 * @param root relative to the host's working directory
 *
 * @example
 * ```ts
 * import { codexHome } from '@codex-rx/core/home';
 *
 * const home = codexHome('data/codex-home');
 * const { config, auth } = await home.inspect();
 * console.log(home.configPath, config.state, auth.mode);
 * ```
 */
export function codexHome(root: string): CodexHomeLayout {
  if (typeof root !== 'string' || root.trim() === '' || root.includes('\0')) {
    throw new RequestError('root', 'must be the path of a folder.');
  }
  checkPath('codexHome', root);
  const paths = pathsOf(resolve(root));
  return Object.freeze({
    ...paths,
    inspect: () => inspectHome(paths),
    materialize: (create = true) => {
      if (create) createFolders([paths.root, paths.conversationsDir, paths.logsDir]);
    },
    seedAuthFrom: (home: string | HomePaths, options: AuthSeedOptions = {}) =>
      seedAuth(typeof home === 'string' ? codexHome(home) : home, paths, options),
  });
}

function pathsOf(root: string): HomePaths {
  return {
    root,
    configPath: join(root, 'config.toml'),
    authPath: join(root, 'auth.json'),
    credentialsPath: join(root, '.credentials.json'),
    historyPath: join(root, 'history.jsonl'),
    sessionsDir: join(root, 'sessions'),
    archivedSessionsDir: join(root, 'archived_sessions'),
    conversationsDir: join(root, 'conversations'),
    logsDir: join(root, 'logs'),
  };
}

function createFolders(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      createFolder(folder, 0o700);
    } catch (error) {
      throw new HomeError(folder, 'cannot be created. Choose another codexHome.', error);
    }
  }
}
