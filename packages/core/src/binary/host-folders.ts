import { realpathSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { thisFolder } from '../util/this-folder.js';

/**
 * Returns the folders whose installed packages may be executed: that of this package and that of the main script of
 * the host. Never the current folder, which may be the repository of another person.
 */
export function hostFolders(): readonly string[] {
  return [thisFolder(), ...scriptFolders(process.argv[1], process.execArgv)].filter((folder) => folder !== undefined);
}

/** With `node -e`, the first argument takes the place of the script, and is anything. */
export function scriptFolders(script: string | undefined, execArgv: readonly string[]): readonly string[] {
  if (script === undefined || !isAbsolute(script) || execArgv.some(isEvaluation)) return [];
  try {
    // A command of a package is a link to its script.
    return [dirname(realpathSync(script)), dirname(script)];
  } catch {
    return [dirname(script)];
  }
}

function isEvaluation(arg: string): boolean {
  return /^(?:-[pe]|-pe|--(?:eval|print)(?:=|$))/.test(arg);
}
