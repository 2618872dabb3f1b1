// Writes docs/fixture-kinds.md: which kinds of events and items the fixtures of each CLI version show.
//   node scripts/fixtures-table.mjs [--check]    --check writes nothing and fails if the page is not current
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const fixtures = join(root, 'fixtures');
const page = join(root, 'docs', 'fixture-kinds.md');

const number = (version) => version.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
const versions = readdirSync(fixtures)
  .filter((name) => /^\d/.test(name))
  .sort((a, b) => number(a) - number(b));

/** The kinds in a line: its event, its item in that phase, the status of the item. */
function kindsOf({ type, item }) {
  if (item === undefined) return [type];
  const kind = `${item.type}`;
  const phase = type.slice('item.'.length);
  const details = [
    item.status && `status ${item.status}`,
    item.type === 'collab_tool_call' && `tool ${item.tool}`,
    item.type === 'web_search' && item.action && `action ${item.action.type}`,
    ...(item.changes ?? []).map((change) => `kind ${change.kind}`),
  ];
  return [type, `${kind}: ${phase}`, ...details.filter(Boolean).map((detail) => `${kind}: ${detail}`)];
}

const counts = new Map();
for (const version of versions) {
  for (const file of readdirSync(join(fixtures, version)).filter((name) => name.endsWith('.jsonl'))) {
    const lines = readFileSync(join(fixtures, version, file), 'utf8')
      .split('\n')
      .filter(Boolean);
    for (const kind of new Set(lines.flatMap((line) => kindsOf(JSON.parse(line))))) {
      if (!counts.has(kind)) counts.set(kind, new Map());
      counts.get(kind).set(version, (counts.get(kind).get(version) ?? 0) + 1);
    }
  }
}

const row = (cells) => `| ${cells.join(' | ')} |`;
const isItem = (kind) => kind.includes(': ');
const table = (kinds) =>
  [
    row(['', ...versions]),
    row(['---', ...versions.map(() => '---:')]),
    ...kinds
      .sort()
      .map((kind) => row([`\`${kind}\``, ...versions.map((version) => counts.get(kind).get(version) ?? '')])),
  ].join('\n');
const kinds = [...counts.keys()];
const text = `# What the fixtures show

Written by \`npm run fixtures:table\`. A cell is the number of fixtures of that CLI version in which the kind occurs; an empty one
means that none shows it, not that the version cannot.

## Events

${table(kinds.filter((kind) => !isItem(kind)))}

## Items

By phase, status and the like.

${table(kinds.filter(isItem))}
`;

if (!process.argv.includes('--check')) writeFileSync(page, text);
else if (readFileSync(page, 'utf8') !== text) {
  process.stderr.write('docs/fixture-kinds.md is not current: npm run fixtures:table\n');
  process.exitCode = 1;
}
