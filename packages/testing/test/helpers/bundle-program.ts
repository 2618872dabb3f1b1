import { basename, join } from 'node:path';
import { buildSync } from 'esbuild';

const packages = join(__dirname, '..', '..', '..');

/** Bundles a source file for plain Node. The bundle is in the package, because it resolves files of the package. */
export function bundleProgram(source: string): string {
  const outfile = join(packages, 'testing', 'node_modules', '.cache', 'programs', `${basename(source, '.ts')}.cjs`);
  buildSync({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
    alias: {
      '@codex-rx/core/errors': join(packages, 'core', 'src', 'errors', 'index.ts'),
      '@codex-rx/core/events': join(packages, 'core', 'src', 'events', 'index.ts'),
      '@codex-rx/core': join(packages, 'core', 'src', 'index.ts'),
    },
  });
  return outfile;
}
