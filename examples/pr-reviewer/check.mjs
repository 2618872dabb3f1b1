// Packs the packages of this repository, installs them in a copy of this example as an outsider would, and runs its tests. Needs the npm registry.
//   npm run check:example
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
// Not below the folder of temporary files: the real CLI warns there.
const folder = mkdtempSync(join(homedir(), '.codex-rx-example-'));

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}

try {
  for (const name of ['core', 'operators', 'testing'])
    run('npm', ['pack', '--silent', '--pack-destination', folder, '-w', `packages/${name}`], root);
  for (const name of ['src', 'test', 'tsconfig.json', 'vitest.config.mjs'])
    cpSync(join(import.meta.dirname, name), join(folder, name), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'));
  for (const tarball of readdirSync(folder).filter((file) => file.endsWith('.tgz'))) {
    const name = `@codex-rx/${tarball.replace(/^codex-rx-(.*)-\d+\.\d+\.\d+.*$/, '$1')}`;
    for (const kind of [manifest.dependencies, manifest.devDependencies])
      if (name in kind) kind[name] = `file:./${tarball}`;
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, undefined, 2));
  run('npm', ['install', '--no-audit', '--no-fund', '--silent'], folder);
  run('npm', ['test', '--silent'], folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
