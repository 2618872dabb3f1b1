// Runs a small example of examples/README.md.
//   npm run example                                        lists the names
//   npm run example -- NAME [--sample | --live] [ARG …]    the real CLI with a scripted model, a recorded run, your CLI
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { bundlePackages, compile } from './lib/build-packages.mjs';

const examples = join(import.meta.dirname, '..', 'examples');
const groups = JSON.parse(readFileSync(join(examples, 'groups.json'), 'utf8'));
const names = groups.flatMap((group) =>
  readdirSync(join(examples, group)).map((file) => `${group}/${basename(file, '.ts')}`),
);

const [wanted] = process.argv.splice(2, 1);
const name = names.find((candidate) => candidate === wanted || candidate.endsWith(`/${wanted}`));
if (name === undefined) {
  console.error(`Usage: npm run example -- NAME [--sample | --live] [ARG …]\n\n${names.join('\n')}`);
  process.exit(2);
}

const program = join(examples, 'dist', `${name}.js`);
if (!existsSync(program)) console.error('Building the packages, this once …');
// Compiles what has changed since the last time, then runs the example in this process.
const problems = compile(['--noCheck', examples]);
if (problems !== '') {
  console.error(`The packages cannot be built:\n${problems}`);
  process.exit(1);
}
await bundlePackages();

await import(pathToFileURL(program).href);
