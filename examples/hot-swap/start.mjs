import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { bundlePackages, compile } from '../../scripts/lib/build-packages.mjs';

// Compiles what has changed since the last time, then runs the example in this process.
const problems = compile(['--noCheck', import.meta.dirname]);
if (problems !== '') {
  console.error(`The packages cannot be built:\n${problems}`);
  process.exit(1);
}
await bundlePackages();

const { main } = await import(pathToFileURL(join(import.meta.dirname, 'dist', 'main.js')).href);
process.exitCode = await main(process.argv.slice(2));
