import { delimiter, join, resolve } from 'node:path';
import { isExecutable, isFile } from './is-file.js';

type Env = Readonly<Record<string, string | undefined>>;

/** The first file on `PATH` that can be run under that name, as the system would find it. A folder of that name is passed over. */
export function lookUpPath(name: string, env: Env, platform: string): string | undefined {
  const windows = platform === 'win32';
  const path = variable(env, 'PATH', windows) ?? '';
  const suffixes = windows ? windowsSuffixes(name, env) : [''];
  for (const folder of path.split(delimiter)) {
    // An empty entry means the current folder to a POSIX system; nobody wants that on purpose.
    if (folder === '') continue;
    for (const suffix of suffixes) {
      const file = resolve(join(folder, name + suffix));
      if (isFile(file) && isExecutable(file)) return file;
    }
  }
  return undefined;
}

/** A file that has the name on `PATH`, but cannot be run: for the error message. */
export function lookUpUnusable(name: string, env: Env, platform: string): string | undefined {
  return (variable(env, 'PATH', platform === 'win32') ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => resolve(join(folder, name)))
    .find(isFile);
}

function windowsSuffixes(name: string, env: Env): string[] {
  const suffixes = (variable(env, 'PATHEXT', true) ?? '.EXE;.CMD;.BAT;.COM')
    .split(';')
    .filter((suffix) => suffix !== '');
  return suffixes.some((suffix) => name.toLowerCase().endsWith(suffix.toLowerCase())) ? [''] : suffixes;
}

/** Windows spells `Path` in any case. */
function variable(env: Env, name: string, anyCase: boolean): string | undefined {
  if (env[name] !== undefined || !anyCase) return env[name];
  return Object.entries(env).find(([key, value]) => key.toUpperCase() === name && value !== undefined)?.[1];
}
