import { realpathSync, type Stats, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { BundledBinaryError, type BundledBinaryErrorCode } from '../errors/bundled-binary-error.js';
import { checkString } from '../request/checks.js';
import { isExecutable } from './is-file.js';

/** Which binary of a bundle: `<bundleRoot>/<platform>/<version>/codex`. */
export interface BundledBinarySpec {
  /** Relative to the host's working directory. */
  readonly bundleRoot: string;
  /** The version of the CLI to use. */
  readonly version: string;
  /** Default: {@link bundledPlatformLabel}. */
  readonly platform?: string | undefined;
}

/** A CLI that a bundle contains. */
export interface BundledBinary {
  /** Absolute, links resolved. */
  readonly binaryPath: string;
  /** The platform of the binary, such as `linux-x64`. */
  readonly platform: string;
  /** The version of the CLI. */
  readonly version: string;
}

/**
 * The name of the host's platform in a bundle, such as `linux-x64`, `darwin-arm64` or `windows-x64`.
 *
 * @example
 * ```ts
 * import { bundledPlatformLabel } from '@codex-rx/core';
 *
 * console.log(bundledPlatformLabel());
 * ```
 */
export function bundledPlatformLabel(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  return `${os}-${process.arch}`;
}

/**
 * Finds a binary that an application ships itself, as `<bundleRoot>/<platform>/<version>/codex` (`codex.exe` if the
 * platform is a Windows one). Looks at nothing else: neither `PATH` nor `CODEX_BINARY`, and nothing outside of the
 * root, not even by a link.
 *
 * @throws BundledBinaryError with a code for the first step that fails; RequestError for a name that is not text
 *
 * @example
 * ```ts
 * import { isCodexError, resolveBundledBinary } from '@codex-rx/core';
 *
 * try {
 *   console.log(resolveBundledBinary({ bundleRoot: 'bin', version: '0.171.0' }).binaryPath);
 * } catch (error) {
 *   if (!isCodexError(error)) throw error;
 *   console.log(error.code);
 * }
 * ```
 */
export function resolveBundledBinary(spec: BundledBinarySpec): BundledBinary {
  for (const field of ['bundleRoot', 'version'] as const) checkString(field, spec[field]);
  if (spec.platform !== undefined) checkString('platform', spec.platform);
  const platform = (spec.platform ?? bundledPlatformLabel()).trim();
  if (platform === '') throw new BundledBinaryError('BUNDLE_PLATFORM_EMPTY', undefined, 'The platform is blank.');
  const version = spec.version.trim();
  if (version === '') throw new BundledBinaryError('BUNDLE_VERSION_EMPTY', undefined, 'The version is blank.');

  const root = resolve(spec.bundleRoot);
  checkFolder(root, 'ROOT', 'bundle root');
  const platformFolder = folderBelow(root, platform);
  checkFolder(platformFolder, 'PLATFORM', `folder of platform ${platform}`);
  const versionFolder = folderBelow(platformFolder, version);
  checkFolder(versionFolder, 'VERSION', `folder of version ${version}`);

  const binary = join(versionFolder, /windows/i.test(platform) ? 'codex.exe' : 'codex');
  if (!inspect(binary, 'BUNDLE_BINARY_UNREADABLE', 'binary').isFile()) {
    throw new BundledBinaryError('BUNDLE_BINARY_NOT_FILE', binary, `The binary ${binary} is not a file.`);
  }
  if (!isExecutable(binary)) {
    throw new BundledBinaryError(
      'BUNDLE_BINARY_NOT_EXECUTABLE',
      binary,
      `The binary ${binary} may not be executed (chmod +x).`,
    );
  }
  const binaryPath = realPath(binary);
  if (!isInside(realPath(root), binaryPath)) throw outside(binary, binaryPath);
  return { binaryPath, platform, version };
}

/** One name, one folder: a name with a separator or of dots would lead elsewhere. */
function folderBelow(folder: string, name: string): string {
  const path = join(folder, name);
  if (name === '.' || name === '..' || /[/\\\0]/.test(name)) throw outside(path, path);
  return path;
}

function outside(path: string, target: string): BundledBinaryError {
  const where = target === path ? '' : `: it is a link to ${target}`;
  return new BundledBinaryError('BUNDLE_OUTSIDE_ROOT', path, `${path} is not inside of the bundle root${where}.`);
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && resolve(root, way) === path;
}

function checkFolder(path: string, part: 'ROOT' | 'PLATFORM' | 'VERSION', what: string): void {
  if (!inspect(path, `BUNDLE_${part}_UNREADABLE`, what).isDirectory()) {
    throw new BundledBinaryError(`BUNDLE_${part}_NOT_DIRECTORY`, path, `The ${what}, ${path}, is not a folder.`);
  }
}

function inspect(path: string, code: BundledBinaryErrorCode, what: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw new BundledBinaryError(code, path, `The ${what}, ${path}, is missing or cannot be read.`, error);
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw new BundledBinaryError('BUNDLE_BINARY_UNREADABLE', path, `${path} cannot be resolved.`, error);
  }
}
