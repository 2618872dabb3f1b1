import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Compiles what has changed since the last time, then runs the main job in this process: a Ctrl-C has nothing to pass
// on.
const root = join(import.meta.dirname, '..');
const project = join(root, 'examples', 'main-job');
const program = join(project, 'dist', 'main.js');

const require = createRequire(import.meta.url);
let compiler;
try {
  compiler = join(dirname(require.resolve('@typescript/native/package.json')), 'bin', 'tsc');
} catch {
  console.error('The dependencies are not installed: run `npm ci` first.');
  process.exit(1);
}

if (!existsSync(program)) console.error('Building the packages, this once …');
// Types are checked by `npm run typecheck`: they say nothing of this run, and take their time.
const build = spawnSync(process.execPath, [compiler, '-b', '--noCheck', project], { encoding: 'utf8' });
if (build.status !== 0) {
  console.error(`The packages cannot be built:\n${build.stdout ?? ''}${build.stderr ?? ''}${build.error ?? ''}`);
  process.exit(1);
}

const { main } = await import(pathToFileURL(program).href);
process.exitCode = await main(process.argv.slice(2));
