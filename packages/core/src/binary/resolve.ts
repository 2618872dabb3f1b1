import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { BinaryNotFoundError, SpawnError } from '../errors/index.js';
import type { CodexOptions } from '../request/types.js';
import { isExecutable } from './is-file.js';
import { findNativeBinary } from './native-package.js';
import { unwrapNodeScript } from './node-script.js';
import { lookUpPath, lookUpUnusable } from './path-lookup.js';
import { thisFolder } from './this-folder.js';

/** Where to look. `env` is laid over the host's environment, unless `inheritEnv` is `false`. */
export type BinaryOptions = Pick<CodexOptions, 'binary' | 'env' | 'inheritEnv'>;

/**
 * Finds the Codex CLI: `binary`, else `CODEX_BINARY`, else the native binary of an `@openai/codex` that is installed for the host (seen
 * from its working directory, its main script, or this package), else `codex` on `PATH`.
 *
 * A name without a separator is looked up on `PATH`; a relative path is relative to the host's working directory. Returns an absolute
 * path, at which there is a file that can be run.
 *
 * @throws BinaryNotFoundError (`BINARY_NOT_FOUND`) if there is none, SpawnError (`NOT_EXECUTABLE`) if it cannot be run
 *
 * @example
 * ```ts
 * import { resolveBinary } from '@codex-rx/core';
 *
 * console.log(resolveBinary({ binary: process.execPath }));
 * ```
 */
export function resolveBinary(options: BinaryOptions = {}): string {
  const env = options.inheritEnv === false ? { ...options.env } : { ...process.env, ...options.env };
  // An empty variable is how many set none.
  const named = options.binary ?? (env.CODEX_BINARY === '' ? undefined : env.CODEX_BINARY);
  if (named !== undefined) {
    const source = options.binary === undefined ? 'CODEX_BINARY' : 'binary';
    return isPath(named) ? checkPath(resolve(named), source) : onPath(named, env);
  }
  return findNativeBinary(startFolders(), process) ?? unwrapNodeScript(onPath('codex', env), process);
}

function isPath(name: string): boolean {
  return name.includes('/') || (process.platform === 'win32' && name.includes('\\'));
}

function checkPath(path: string, source: string): string {
  let isFile: boolean;
  try {
    isFile = statSync(path).isFile();
  } catch (error) {
    throw new BinaryNotFoundError(path, `there is no ${path}, to which ${source} points`, error);
  }
  if (!isFile) throw notExecutable(path, `${path}, to which ${source} points, is not a file`);
  if (!isExecutable(path))
    throw notExecutable(path, `${path}, to which ${source} points, may not be executed (chmod +x)`);
  return path;
}

function onPath(name: string, env: BinaryOptions['env'] & object): string {
  const found = lookUpPath(name, env, process.platform);
  if (found !== undefined) return found;
  const unusable = lookUpUnusable(name, env, process.platform);
  if (unusable !== undefined) throw notExecutable(unusable, `${unusable} may not be executed (chmod +x)`);
  throw new BinaryNotFoundError(name, `there is no "${name}" on PATH`);
}

function notExecutable(path: string, problem: string): SpawnError {
  return new SpawnError('NOT_EXECUTABLE', path, `${problem}.`);
}

function startFolders(): string[] {
  const script = process.argv[1];
  return [process.cwd(), script === undefined ? undefined : dirname(resolve(script)), thisFolder()].filter(
    (folder) => folder !== undefined,
  );
}
