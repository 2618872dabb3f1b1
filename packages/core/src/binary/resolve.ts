import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { BinaryNotFoundError, SpawnError } from '../errors/index.js';
import type { CodexOptions } from '../request/types.js';
import { fileFingerprint } from './fingerprint.js';
import { hostFolders } from './host-folders.js';
import { isExecutable } from './is-file.js';
import { findNativeBinary, requireBinary } from './native-package.js';
import { unwrapNodeScript } from './node-script.js';
import { lookUpPath, lookUpUnusable } from './path-lookup.js';

/**
 * The options that decide which binary runs. `env` is added to the host's environment, unless `inheritEnv` is
 * `false`.
 */
export type BinaryOptions = Pick<CodexOptions, 'binary' | 'env' | 'inheritEnv'>;

/**
 * Where the binary was found: by the option `binary`, by the variable `CODEX_BINARY`, in an installed `@openai/codex`,
 * or on `PATH`.
 */
export type BinarySource = 'option' | 'environment' | 'package' | 'path';

/** A binary that can be executed. */
export interface BinaryLocation {
  /** The absolute path. */
  readonly path: string;
  readonly source: BinarySource;
  /** The file on `PATH` that led to it: the same, or a link or a script of npm. */
  readonly entry?: string;
}

/** The binaries that were found without a name, by `PATH`, with the fingerprint of the file. */
const found = new Map<string, { readonly location: BinaryLocation; readonly fingerprint: string }>();

/**
 * Finds the Codex CLI: `binary`, else `CODEX_BINARY`, else the native binary of an `@openai/codex` that is installed
 * for this package or for the main script of the host, else `codex` on `PATH`. Never looks into the current folder,
 * which may be the repository of another person.
 *
 * Looks up a name without a separator on `PATH`, and only in absolute entries; resolves a relative path against the
 * host's working directory. A binary that was found without a name is found once per process, and again when its file
 * changes.
 *
 * @example
 * ```ts
 * import { resolveBinary } from '@codex-rx/core';
 *
 * console.log(resolveBinary({ binary: process.execPath }));
 * ```
 *
 * @returns the absolute path of an executable file
 * @throws BinaryNotFoundError (`BINARY_NOT_FOUND`) if the CLI or its package for this platform is missing
 * @throws SpawnError (`NOT_EXECUTABLE`) if the file is not executable
 */
export function resolveBinary(options: BinaryOptions = {}): string {
  return locateBinary(options).path;
}

/** Returns the path of `resolveBinary`, and where it was found. Throws the same errors. */
export function locateBinary(options: BinaryOptions): BinaryLocation {
  const env = options.inheritEnv === false ? { ...options.env } : { ...process.env, ...options.env };
  // Treats an empty CODEX_BINARY as unset.
  const named = options.binary ?? (env.CODEX_BINARY === '' ? undefined : env.CODEX_BINARY);
  if (named !== undefined) {
    const source = options.binary === undefined ? 'environment' : 'option';
    const name = source === 'option' ? 'binary' : 'CODEX_BINARY';
    return { path: isPath(named) ? checkExecutable(resolve(named), name) : onPath(named, env), source };
  }
  const key = env.PATH ?? env.Path ?? '';
  const known = found.get(key);
  if (known !== undefined && fileFingerprint(known.location.path) === known.fingerprint) return known.location;
  const location = findUnnamed(env);
  const fingerprint = fileFingerprint(location.path);
  if (fingerprint !== undefined) found.set(key, { location, fingerprint });
  return location;
}

function findUnnamed(env: BinaryOptions['env'] & object): BinaryLocation {
  const native = findNativeBinary(hostFolders(), process);
  // Running another codex instead would hide that the installation is broken.
  if (native !== undefined) return { path: requireBinary(native), source: 'package' };
  const entry = onPath('codex', env);
  return { path: unwrapNodeScript(entry, process), source: 'path', entry };
}

function isPath(name: string): boolean {
  return name.includes('/') || (process.platform === 'win32' && name.includes('\\'));
}

function checkExecutable(path: string, name: string): string {
  let isFile: boolean;
  try {
    isFile = statSync(path).isFile();
  } catch (error) {
    throw new BinaryNotFoundError(path, `${name} points to ${path}, which does not exist`, error);
  }
  if (!isFile) throw notExecutable(path, `${name} points to ${path}, which is not a file`);
  if (!isExecutable(path))
    throw notExecutable(path, `${name} points to ${path}, which is not executable. Run chmod +x`);
  return path;
}

function onPath(name: string, env: BinaryOptions['env'] & object): string {
  const found = lookUpPath(name, env, process.platform);
  if (found !== undefined) return found;
  const unusable = lookUpUnusable(name, env, process.platform);
  if (unusable !== undefined) throw notExecutable(unusable, `${unusable} is not executable. Run chmod +x`);
  throw new BinaryNotFoundError(name, `there is no "${name}" on PATH`);
}

function notExecutable(path: string, problem: string): SpawnError {
  return new SpawnError('NOT_EXECUTABLE', path, `${problem}.`);
}
