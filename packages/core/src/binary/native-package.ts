import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isFile } from './is-file.js';

const tripleByPlatform: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
  'win32-x64': 'x86_64-pc-windows-msvc',
  'win32-arm64': 'aarch64-pc-windows-msvc',
};

/** Where the native binary was and is, below `vendor/<triple>`: newest layout first. */
const layouts = ['bin', 'codex'] as const;

export interface Host {
  readonly platform: string;
  readonly arch: string;
}

/**
 * The native binary of an `@openai/codex` that is installed for one of the folders, nearest first. The package's own `bin` is a Node
 * script around it: a second process, slower to start, that leaves the real one behind when it is killed.
 */
export function findNativeBinary(folders: readonly string[], host: Host): string | undefined {
  // Android's Node runs the Linux build.
  const label = `${host.platform === 'android' ? 'linux' : host.platform}-${host.arch}`;
  const triple = tripleByPlatform[label];
  if (triple === undefined) return undefined;
  const file = host.platform === 'win32' ? 'codex.exe' : 'codex';
  for (const folder of folders) {
    const main = packageFolder(folder, '@openai/codex');
    if (main === undefined) continue;
    // Since 0.110 each platform has a package of its own, beside the main one or only visible from it (pnpm).
    const binary = [packageFolder(main, `@openai/codex-${label}`), main]
      .flatMap((root) =>
        root === undefined ? [] : layouts.map((layout) => join(root, 'vendor', triple, layout, file)),
      )
      .find(isFile);
    if (binary !== undefined) return binary;
  }
  return undefined;
}

function packageFolder(from: string, name: string): string | undefined {
  try {
    return dirname(createRequire(join(from, 'package.json')).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
