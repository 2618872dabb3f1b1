import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isCurrent } from './lib/is-current.mjs';

// Compiles what has changed since the last time, then runs the main job in this process: a Ctrl-C has nothing to pass
// on.
const root = join(import.meta.dirname, '..');
const project = join(root, 'examples', 'main-job');
const program = join(project, 'dist', 'main.js');
/** Marks when the program and the packages were built. */
const stamp = join(project, 'dist', '.start.tsbuildinfo');

const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
const inputs = [
  ...packages.flatMap((folder) => [join(folder, 'src'), join(folder, 'package.json')]),
  ...['src', 'tsconfig.json'].map((name) => join(project, name)),
  ...['tsconfig.base.json', 'scripts/lib'].map((name) => join(root, name)),
];
const outputs = [program, ...packages.map((folder) => join(folder, 'dist', 'esm', 'index.js'))];

async function build() {
  let builder;
  try {
    builder = await import('./lib/build-packages.mjs');
  } catch {
    console.error('The dependencies are not installed: run `npm ci` first.');
    process.exit(1);
  }
  const started = new Date();
  if (!existsSync(program)) console.error('Building the packages, this once …');
  // Types are checked by `npm run typecheck`: they say nothing of this run, and take their time.
  const problems = builder.compile(['--noCheck', project]);
  if (problems !== '') {
    console.error(`The packages cannot be built:\n${problems}`);
    process.exit(1);
  }
  await builder.bundlePackages();
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started);
}

if (!outputs.every((path) => existsSync(path)) || !isCurrent(stamp, inputs)) await build();

const { main } = await import(pathToFileURL(program).href);
process.exitCode = await main(process.argv.slice(2));
