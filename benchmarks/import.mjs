// How long `import` of each entry point takes, relative to `import 'rxjs'`: medians of fresh processes that take turns.
// Exits with 1 above a bound.
//   npm run bench:import [-- <rounds>]
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const rounds = Number(process.argv[2] ?? 21);
const packages = join(import.meta.dirname, '..', 'packages');
/** Highest ratio to rxjs. Other entry points are only reported. */
const bounds = { '@codex-rx/core': 1.8, '@codex-rx/operators': 1.3 };

const entryPoints = readdirSync(packages).flatMap((name) => {
  const manifest = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'));
  const subpaths = Object.keys(manifest.exports).filter((subpath) => !subpath.endsWith('.json'));
  return subpaths.map((subpath) => manifest.name + subpath.slice(1));
});
const specifiers = ['rxjs', ...entryPoints];

/** Of the import alone, in ms: the start of Node.js is the same for all. */
const program = (specifier) =>
  `const start = performance.now(); await import('${specifier}'); console.log(performance.now() - start);`;

function importTime(specifier) {
  const args = ['--input-type=module', '--eval', program(specifier)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: join(packages, 'testing'),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${specifier} cannot be imported:\n${stderr}`);
  return Number(stdout);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

const times = new Map(specifiers.map((specifier) => [specifier, []]));
// The first round fills the caches of the file system.
for (let round = 0; round <= rounds; round++)
  for (const specifier of specifiers) {
    const time = importTime(specifier);
    if (round > 0) times.get(specifier).push(time);
  }

const base = median(times.get('rxjs'));
for (const [specifier, values] of times) {
  const ratio = median(values) / base;
  const bound = bounds[specifier];
  const isOver = bound !== undefined && ratio > bound;
  const remark = bound === undefined ? '' : `  at most ${bound}${isOver ? ': FAILED' : ''}`;
  process.stdout.write(
    `${median(values).toFixed(1).padStart(8)} ms ${ratio.toFixed(2).padStart(6)} ×  ${specifier}${remark}\n`,
  );
  if (isOver) process.exitCode = 1;
}
