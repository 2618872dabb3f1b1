import { realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { isWithin } from '../util/path-locations.js';
import { createPrivateFolder } from '../util/private-folder.js';

/**
 * Creates a private folder of this user for data that agents must not change, and returns its path. The folder is
 * below `XDG_STATE_HOME`, by default `~/.local/state`, and on Windows below `LOCALAPPDATA`.
 *
 * @throws Error with the reason if a folder that only this user can write to is not available
 */
export function createStateFolder(name: string): string {
  const { XDG_STATE_HOME: chosen, LOCALAPPDATA: local } = process.env;
  if (process.platform !== 'win32' && chosen !== undefined && isAbsolute(chosen))
    return createPrivateFolder(chosen, 'codex-rx', name);
  const home = homedir();
  if (!isAbsolute(home)) throw new Error('there is no home folder');
  const parent =
    process.platform === 'win32' ? (local ?? join(home, 'AppData', 'Local')) : join(home, '.local', 'state');
  // A home in the temporary folder, as some containers have, is open to every agent.
  if (process.platform !== 'win32' && isTemporary(home)) throw new Error(`${home} is in a temporary folder`);
  return createPrivateFolder(parent, 'codex-rx', name);
}

/** The sandbox of the CLI lets an agent write to these folders. */
function isTemporary(path: string): boolean {
  return [tmpdir(), '/tmp', '/var/tmp'].some((folder) => isWithin(realPath(folder), realPath(path)));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
