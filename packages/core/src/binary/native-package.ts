import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BinaryNotFoundError } from '../errors/process-errors.js';
import { isFile } from './is-file.js';
import { isForeignPackage } from './trust.js';

const TRIPLES: ReadonlyMap<string, string> = new Map([
  ['linux-x64', 'x86_64-unknown-linux-musl'],
  ['linux-arm64', 'aarch64-unknown-linux-musl'],
  ['darwin-x64', 'x86_64-apple-darwin'],
  ['darwin-arm64', 'aarch64-apple-darwin'],
  ['win32-x64', 'x86_64-pc-windows-msvc'],
  ['win32-arm64', 'aarch64-pc-windows-msvc'],
]);

/** The folders of the native binary below `vendor/<triple>`, newest layout first. */
const LAYOUTS = ['bin', 'codex'] as const;

export interface Host {
  readonly platform: string;
  readonly arch: string;
}

/** The native binary of an installed `@openai/codex`, or the package that has it and is missing. */
export type NativeBinary = { readonly binary: string } | { readonly missing: string; readonly installed: string };

/**
 * Finds the native binary of an `@openai/codex` that is installed for one of the folders, nearest first.
 *
 * The package's own `bin` is a Node script around the binary: a second process, which is slower to start and leaves
 * the real one running when it is killed.
 *
 * @returns `undefined` if the package is not installed, or has no binaries for this host
 */
export function findNativeBinary(folders: readonly string[], host: Host): NativeBinary | undefined {
  // Android's Node runs the Linux build.
  const label = `${host.platform === 'android' ? 'linux' : host.platform}-${host.arch}`;
  const triple = TRIPLES.get(label);
  if (triple === undefined) return undefined;
  const file = host.platform === 'win32' ? 'codex.exe' : 'codex';
  const installed = folders
    .map((folder) => packageFolder(folder, '@openai/codex'))
    .filter((main) => main !== undefined);
  for (const main of installed) {
    // Since 0.110 each platform has its own package, next to the main one or only visible from it (pnpm).
    const binary = [packageFolder(main, `@openai/codex-${label}`), main]
      .flatMap((root) =>
        root === undefined ? [] : LAYOUTS.map((layout) => join(root, 'vendor', triple, layout, file)),
      )
      .find(isFile);
    if (binary !== undefined) return { binary };
  }
  const [first] = installed;
  return first === undefined ? undefined : { missing: `@openai/codex-${label}`, installed: first };
}

/**
 * Returns the path of the binary.
 *
 * @throws BinaryNotFoundError (`BINARY_NOT_FOUND`) with the name of the missing package
 */
export function requireBinary(native: NativeBinary): string {
  if ('binary' in native) return native.binary;
  const { missing, installed } = native;
  const problem = `${installed} is installed without ${missing}, which contains the binary. Reinstall it with optional dependencies`;
  throw new BinaryNotFoundError(installed, problem);
}

function packageFolder(from: string, name: string): string | undefined {
  try {
    const folder = dirname(createRequire(join(from, 'package.json')).resolve(`${name}/package.json`));
    return isForeignPackage(folder, from) ? undefined : folder;
  } catch {
    return undefined;
  }
}
