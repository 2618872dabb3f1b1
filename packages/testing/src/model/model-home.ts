import { rmdirSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { HomeError } from '@codex-rx/core/errors';
import { configToml, type HomeSettings } from './config-toml.js';
import { homePrefix, removeStaleHomes } from './stale-homes.js';

/** Isolated folders for the CLI: a Codex home and a user home. */
export interface ModelHome {
  readonly path: string;
  readonly codexHome: string;
  readonly userHome: string;
  /**
   * Removes the folders and their default parents if these become empty. Emits a warning if a folder cannot be
   * removed.
   */
  remove(): Promise<void>;
  removeNow(): void;
}

/**
 * Creates the folders with mode 0700 below `root`, by default in the user's cache folder. The CLI warns about homes in
 * the temporary folder.
 *
 * @returns a promise of the home. It rejects with a `HomeError` if a folder cannot be created.
 */
export async function createModelHome(root?: string): Promise<ModelHome> {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'codex-rx');
  const ownRoot = join(cache, 'models');
  if (root === undefined) await removeStaleHomes(ownRoot);
  const path = await privateFolder(root ?? ownRoot);
  const own = root === undefined ? [ownRoot, cache] : [];
  const home: ModelHome = {
    path,
    codexHome: join(path, 'codex-home'),
    userHome: join(path, 'user-home'),
    remove: () => removeHome(path, own),
    removeNow: () => {
      removeHomeNow(path, own);
    },
  };
  try {
    await mkdir(home.codexHome, { mode: 0o700 });
    await mkdir(home.userHome, { mode: 0o700 });
    // The default start-up files of a login shell would change PATH.
    const profile = `export PATH=${quote(process.env.PATH ?? '')}\n`;
    for (const name of ['.bash_profile', '.profile', '.zprofile']) await writeFile(join(home.userHome, name), profile);
    await writeFile(
      join(home.userHome, '.gitconfig'),
      '[user]\n\tname = Scripted Model\n\temail = model@example.invalid\n[init]\n\tdefaultBranch = main\n',
    );
    return home;
  } catch (error) {
    await home.remove();
    throw new HomeError(path, 'the folders of the scripted model could not be written', error);
  }
}

export async function writeConfig(home: ModelHome, settings: HomeSettings): Promise<void> {
  try {
    await writeFile(join(home.codexHome, 'config.toml'), configToml(settings), { mode: 0o600 });
  } catch (error) {
    throw new HomeError(home.codexHome, 'config.toml could not be written', error);
  }
}

/**
 * Returns the environment of a run: the key and the home. Unsets API keys, proxies, and the settings of the shell and
 * of git.
 */
export function environment(home: ModelHome, keyName: string): Readonly<Record<string, string | undefined>> {
  const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]);
  const keys = ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'CODEX_API_KEY'];
  const startUp = ['BASH_ENV', 'ENV', 'ZDOTDIR', 'XDG_CONFIG_HOME', 'GIT_CONFIG_GLOBAL'];
  return {
    ...Object.fromEntries([...proxies, ...keys, ...startUp].map((name) => [name, undefined])),
    NO_PROXY: '127.0.0.1',
    no_proxy: '127.0.0.1',
    HOME: home.userHome,
    [keyName]: 'scripted-model-key',
  };
}

async function privateFolder(root: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await mkdir(root, { recursive: true, mode: 0o700 });
      return await mkdtemp(join(root, homePrefix()));
    } catch (error) {
      // Another process may remove the empty root between the two calls.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT' && attempt < 20) continue;
      throw new HomeError(root, 'no private folder could be created. Set another "root"', error);
    }
  }
}

// A run that is terminating may still write to its home.
const REMOVE_OPTIONS = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 };

async function removeHome(path: string, ownFolders: readonly string[]): Promise<void> {
  try {
    await rm(path, REMOVE_OPTIONS);
  } catch (error) {
    warn(path, error);
  }
  try {
    for (const folder of ownFolders) await rmdir(folder);
  } catch {
    // Others are in there.
  }
}

function removeHomeNow(path: string, ownFolders: readonly string[]): void {
  try {
    rmSync(path, REMOVE_OPTIONS);
  } catch (error) {
    warn(path, error);
    return;
  }
  try {
    for (const folder of ownFolders) rmdirSync(folder);
  } catch {
    // Others are in there.
  }
}

function warn(path: string, error: unknown): void {
  process.emitWarning(`codex-rx: the scripted model's home ${path} could not be removed: ${String(error)}`);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
