import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

// Compiles what has changed since the last time, then runs the example in this process.
const compiler = join(dirname(createRequire(import.meta.url).resolve('@typescript/native/package.json')), 'bin', 'tsc');
const build = spawnSync(process.execPath, [compiler, '-b', '--noCheck', import.meta.dirname], { encoding: 'utf8' });
if (build.status !== 0) {
  console.error(`The packages cannot be built:\n${build.stdout ?? ''}${build.stderr ?? ''}${build.error ?? ''}`);
  process.exit(1);
}

const { main } = await import(pathToFileURL(join(import.meta.dirname, 'dist', 'main.js')).href);
process.exitCode = await main(process.argv.slice(2));
