import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const packages = join(__dirname, '..', '..', '..', '..');
const source = (name: string, path: string): string => join(packages, name, 'src', path);
const made: string[] = [];

/** Bundles a source file with the `src` of this package into a program for plain Node.js. Works in a fresh clone. */
export function bundle(entry: string): string {
  const folder = mkdtempSync(join(process.env.TMPDIR ?? '/tmp', 'rx-program-'));
  made.push(folder);
  const outfile = join(folder, 'program.cjs');
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
    alias: {
      '@codex-rx/core/errors': source('core', 'errors/index.ts'),
      '@codex-rx/core/events': source('core', 'events/index.ts'),
      '@codex-rx/core/app-server': source('core', 'app-server/index.ts'),
      '@codex-rx/core/mcp': source('core', 'mcp/index.ts'),
      '@codex-rx/core': source('core', 'index.ts'),
    },
  });
  return outfile;
}

export const program = (name: string): string => join(packages, 'core', 'test', 'programs', name);
export const coreSource = source('core', 'index.ts');

export function removeBundles(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
