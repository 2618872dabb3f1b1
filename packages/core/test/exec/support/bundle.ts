import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const packages = join(__dirname, '..', '..', '..', '..');
const source = (name: string, path: string): string => join(packages, name, 'src', path);
const made: string[] = [];

/** Makes a program of a source file that plain Node can run, in a fresh clone as well: it holds this package as it is in `src`. */
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
