// Builds dist/esm and dist/cjs of all packages.
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
const compiler = createRequire(import.meta.url).resolve('@typescript/native/package.json');
const tsc = join(dirname(compiler), 'bin', 'tsc');

const { status } = spawnSync(process.execPath, [tsc, '-b', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

// Without it Node takes the CommonJS build for ES modules, as the package's own "type" says.
for (const name of readdirSync(join(root, 'packages'))) {
  const manifest = { type: 'commonjs', sideEffects: false };
  writeFileSync(join(root, 'packages', name, 'dist', 'cjs', 'package.json'), `${JSON.stringify(manifest)}\n`);
}
