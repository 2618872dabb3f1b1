// Writes llms.txt, the index of the documentation for language models, and llms-full.txt, all pages in one file (not
// committed: a release publishes it).
//   npm run docs:llms [-- --check]     --check fails if llms.txt differs
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
const read = (path) => readFileSync(join(root, path), 'utf8');
/** Pages for contributors are left out. */
const sections = read('docs/README.md')
  .split(/^## /m)
  .slice(1)
  .map((text) => ({ title: text.slice(0, text.indexOf('\n')), rows: rows(text) }))
  .filter(({ title }) => title !== 'Project');
const operators = { title: 'Operators', rows: rows(read('docs/operators/README.md'), 'operators/') };

/** The rows of a table: link text, path below `docs/`, description. */
function rows(text, folder = '') {
  return [...text.matchAll(/^\| \[(?<title>[^\]]+)\]\((?<path>[\w./-]+\.md)\) \| (?<about>.*?) \|/gm)].map(
    ({ groups: { title, path, about } }) => ({ title, path: join('docs', folder, path), about }),
  );
}

const intro = [
  '# codex-rx',
  '',
  '> The Codex CLI as a reactive TypeScript SDK: every CLI invocation is a cold Observable of typed events.',
  '',
];
const index = [...sections, operators].flatMap(({ title, rows }) => [
  `## ${title}`,
  '',
  ...rows.map(({ title, path, about }) => `- [${title}](${path}): ${about}`),
  '',
]);
const pages = [...sections, operators].flatMap(({ rows }) => rows.map(({ path }) => path));
const full = ['README.md', ...new Set(pages)].map((path) => `<!-- ${path} -->\n\n${read(path).trim()}\n`);

const text = [...intro, ...index].join('\n');
if (process.argv.includes('--check')) {
  if (read('llms.txt') !== text) {
    process.stderr.write('llms.txt differs from the documentation. Run npm run docs:llms.\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(join(root, 'llms.txt'), text);
  writeFileSync(join(root, 'llms-full.txt'), full.join('\n'));
}
