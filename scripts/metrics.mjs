// Prints figures about the source: files and lines per package, imports up the ladder of folders, exports per entry
// point, and the size of the bundles that users make. Needs a build.
//   npm run metrics
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');

const row = (...cells) => {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
};
const table = (...header) => {
  process.stdout.write('\n');
  row(...header);
  row(...header.map(() => '---'));
};

const lines = (path) => readFileSync(path, 'utf8').split('\n').length - 1;

table('package', 'files', 'lines', 'longest', 'files over 250 lines');
for (const name of readdirSync(join(root, 'packages'))) {
  const folder = join(root, 'packages', name, 'src');
  const files = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.ts'));
  const sizes = files.map((path) => ({ path, size: lines(join(folder, path)) })).sort((a, b) => b.size - a.size);
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  const longest = `${sizes[0].path} (${sizes[0].size})`;
  row(name, files.length, total, longest, sizes.filter(({ size }) => size > 250).length);
}

const { status } = spawnSync(process.execPath, [join(root, 'scripts/depcruise.mjs')], { stdio: 'ignore' });
process.stdout.write(`\nImports up the ladder, and cycles: ${status === 0 ? 0 : 'some, see scripts/depcruise.mjs'}\n`);

table('entry point', 'exports', 'values', 'types');
for (const name of readdirSync(join(root, 'api'))) {
  const report = readFileSync(join(root, 'api', name), 'utf8');
  const [, title] = /^# (.+)/.exec(report) ?? [];
  const counts = /(\d+) exports: (\d+) values, (\d+) types/.exec(report);
  if (counts !== null) row(`\`${title}\``, ...counts.slice(1));
}

/** Size of a minified program that uses one export. Without dependencies. */
async function bundleSize(name, specifier) {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${name} } from '${specifier}';`, resolveDir: join(root, 'packages/testing') },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    packages: 'bundle',
    external: ['rxjs', 'cross-spawn', 'split2', 'smol-toml', '@iarna/toml'],
    logLevel: 'error',
  });
  const [{ contents }] = outputFiles;
  return { bytes: contents.length, gzip: gzipSync(contents).length };
}

const operators = await import(join(root, 'packages/operators/dist/esm/index.js'));
table('export', 'minified, bytes', 'gzip, bytes');
for (const [specifier, names] of [
  ['@codex-rx/core', ['exec$', 'createDecoder', 'readEvents$']],
  ['@codex-rx/operators', Object.keys(operators)],
]) {
  for (const name of names) {
    const { bytes, gzip } = await bundleSize(name, specifier);
    row(`\`${name}\``, bytes, gzip);
  }
}
