import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Compiles what has changed since the last time, then runs the main job in this process: a Ctrl-C has nothing to pass
// on.
const root = join(import.meta.dirname, '..');
const project = join(root, 'examples', 'main-job');
const program = join(project, 'dist', 'main.js');

let builder;
try {
  builder = await import('./lib/build-packages.mjs');
} catch {
  console.error('The dependencies are not installed: run `npm ci` first.');
  process.exit(1);
}

if (!existsSync(program)) console.error('Building the packages, this once …');
// Types are checked by `npm run typecheck`: they say nothing of this run, and take their time.
const problems = builder.compile(['--noCheck', project]);
if (problems !== '') {
  console.error(`The packages cannot be built:\n${problems}`);
  process.exit(1);
}
await builder.bundlePackages();

const { main } = await import(pathToFileURL(program).href);
process.exitCode = await main(process.argv.slice(2));
