import { delimiter, isAbsolute, join } from 'node:path';
import { isExecutable, isFile } from './is-file.js';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Returns the first executable file of that name on `PATH`, or `undefined`. Skips folders of that name, and entries
 * that are not absolute (empty ones included): these mean the current folder, which may be the repository of another
 * person.
 */
export function lookUpPath(name: string, env: Env, platform: string): string | undefined {
  const suffixes = platform === 'win32' ? windowsSuffixes(name, env) : [''];
  return pathFolders(env, platform)
    .flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix)))
    .find((file) => isFile(file) && isExecutable(file));
}

/** Returns the first file of that name on `PATH`, for the message about a file that is not executable. */
export function lookUpUnusable(name: string, env: Env, platform: string): string | undefined {
  return pathFolders(env, platform)
    .map((folder) => join(folder, name))
    .find(isFile);
}

function pathFolders(env: Env, platform: string): readonly string[] {
  return (variable(env, 'PATH', platform === 'win32') ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
}

function windowsSuffixes(name: string, env: Env): string[] {
  const suffixes = (variable(env, 'PATHEXT', true) ?? '.EXE;.CMD;.BAT;.COM')
    .split(';')
    .filter((suffix) => suffix !== '');
  return suffixes.some((suffix) => name.toLowerCase().endsWith(suffix.toLowerCase())) ? [''] : suffixes;
}

/** The name of `Path` has any case on Windows. */
function variable(env: Env, name: string, anyCase: boolean): string | undefined {
  if (env[name] !== undefined || !anyCase) return env[name];
  return Object.entries(env).find(([key, value]) => key.toUpperCase() === name && value !== undefined)?.[1];
}
