// Packs the packages of this repository, installs them in copies of the examples as an outsider would, and runs the
// examples' tests.
// Needs the npm registry.
//   npm run examples:check [-- <name> …]
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
// The other examples are built and tested with the packages.
const examples = readdirSync(join(root, 'examples')).filter((name) =>
  existsSync(join(root, 'examples', name, 'package.json')),
);
const wanted = process.argv.length > 2 ? process.argv.slice(2) : examples;
const unknown = wanted.filter((name) => !examples.includes(name));
if (unknown.length > 0) throw new Error(`No such example: ${unknown.join(', ')}. There are ${examples.join(', ')}`);

function run(command, args, cwd) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`, { cause: error });
}

/** Packs all packages: `{ '@codex-rx/core': '/…/codex-rx-core-0.1.0.tgz', … }` */
function packInto(folder) {
  mkdirSync(folder);
  const packages = readdirSync(join(root, 'packages'));
  for (const name of packages)
    run('npm', ['pack', '--silent', '--pack-destination', folder, '-w', `packages/${name}`], root);
  return Object.fromEntries(
    packages.map((name) => {
      const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
      const start = manifest.name.replace('@', '').replace('/', '-');
      return [manifest.name, join(folder, `${start}-${manifest.version}.tgz`)];
    }),
  );
}

/** The manifest with the packed packages in the place of the published ones. */
function withTarballs(manifest, tarballs) {
  const replaced = (dependencies = {}) =>
    Object.fromEntries(
      Object.entries(dependencies).map(([name, range]) => [name, name in tarballs ? `file:${tarballs[name]}` : range]),
    );
  return {
    ...manifest,
    dependencies: replaced(manifest.dependencies),
    devDependencies: replaced(manifest.devDependencies),
  };
}

function check(name, folder, tarballs) {
  const source = join(root, 'examples', name);
  const copy = join(folder, name);
  cpSync(source, copy, { recursive: true, filter: (path) => !['node_modules', 'dist'].includes(basename(path)) });
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  writeFileSync(join(copy, 'package.json'), JSON.stringify(withTarballs(manifest, tarballs), undefined, 2));
  run('npm', ['install', '--no-audit', '--no-fund', '--silent'], copy);
  run('npm', ['test', '--silent'], copy);
}

// Not below the folder of temporary files: the real CLI warns there.
const folder = mkdtempSync(join(homedir(), '.codex-rx-examples-'));
const failures = [];
try {
  const tarballs = packInto(join(folder, 'packed'));
  for (const name of wanted) {
    console.log(`\n── ${name}`);
    try {
      check(name, folder, tarballs);
    } catch (error) {
      failures.push(name);
      console.error(String(error));
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${wanted.map((name) => `${failures.includes(name) ? '✗' : '✓'} ${name}`).join('  ')}`);
if (failures.length > 0) process.exitCode = 1;
