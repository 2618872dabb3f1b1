// Counts constructions that docs/style.md rules out, in comments and Markdown, and lines over 120 columns.
//   npm run lint:prose                          fails when a construction is more frequent than in RxJS
//   npm run lint:prose -- --list packages/core  prints each hit below a path
//   npm run lint:prose -- --measure node_modules/rxjs/src   prints the rates of other sources
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { commentLines, markdownLines } from './lib/prose-lines.mjs';

const root = join(import.meta.dirname, '..');
const MAX_COLUMNS = 120;
/** Allowed per 10,000 words where RxJS has none: a quotation or an unavoidable use. */
const EPSILON = 0.5;

/** `rxjs` is the rate per 10,000 words of comments in rxjs@7.8.2/src, measured by this script. */
const patterns = [
  { name: 'is no …', regex: /\b(?:is|are|was|were) no (?!longer\b|more\b)[a-z]+/gi, rxjs: 3.9 },
  {
    name: 'is one, is none',
    regex: /\b(?:is|are|was|were) (?:one|none)(?=\s*(?:[.,;:)]|$)| of (?:it|them)\b)/gi,
    rxjs: 0.9,
  },
  { name: 'somebody, nobody, anybody', regex: /\b(?:some|no|any)body\b/gi, rxjs: 0 },
  { name: 'tell, told', regex: /\b(?:tells?|telling|told)\b/gi, rxjs: 1.5 },
  { name: 'go on', regex: /\b(?:go|goes|going|gone|went) on\b/gi, rxjs: 0 },
  { name: 'as it is', regex: /\bas (?:it|they) (?:is|are|was|were)\b/gi, rxjs: 1.3 },
  { name: 'at once', regex: /\bat once\b/gi, rxjs: 0 },
  { name: 'beside, besides', regex: /\bbesides?\b/gi, rxjs: 0.4 },
  { name: 'What …', regex: /(?:^|[.!?:]\s+)What [a-z][^?]*?(?:\.(?=\s|$)|$)/g, rxjs: 0.2 },
  { name: 'begin, began, begun', regex: /\b(?:begin|begins|beginning|began|begun)\b/gi, rxjs: 3.0 },
  { name: 'of it, of them', regex: /\bof (?:it|them)\b(?!s)/gi, rxjs: 1.5 },
  { name: 'one that, one of it', regex: /\bone (?:that|of it|of them)\b/gi, rxjs: 1.1 },
  { name: 'whatever', regex: /\bwhatever\b/gi, rxjs: 2.8 },
  {
    name: 'who leaves',
    regex: /(?:^|[.!?:;,]\s+)who (?:leaves?|hears?|may|wants?|has|is|needs?|asks?|does)\b/gi,
    rxjs: 0,
  },
  { name: 'for ever, anew, drifted, so many', regex: /\b(?:for ever|anew|drifted|so many)\b/gi, rxjs: 0.2 },
];

/** Files that name the constructions in order to rule them out. */
const exempt = new Set(['docs/style.md', 'scripts/prose.mjs']);

function tracked(paths) {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...paths], {
    cwd: root,
    encoding: 'utf8',
  });
  // The texts of generated files are those of the CLI.
  return listed.split('\n').filter((file) => /\.(ts|mjs|cjs|js|md)$/.test(file) && !file.includes('/generated/'));
}

function below(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.(ts|md)$/.test(entry.name));
  return files.map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** Quotations and code are not the author's prose. */
function withoutQuotations(text) {
  return text
    .replace(/\{@\w+[^}]*\}/g, ' ')
    .replace(/`[^`]*`/g, '`code`')
    .replace(/"[^"]*"|“[^”]*”/g, '"quotation"')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/https?:\S+/g, 'link');
}

/** Long lines are accepted in tables and where only a link makes them long. */
function isTooLong(line) {
  if (line.length <= MAX_COLUMNS || /^\s*\|/.test(line)) return false;
  return line.replace(/\]\([^)]*\)/g, ']').replace(/https?:\S+/g, '').length > MAX_COLUMNS;
}

/** Joins the lines of one comment or paragraph, so that constructions across a line break count, too. */
function paragraphs(lines) {
  const result = [];
  let current;
  for (const { line, prose } of lines) {
    const text = prose.trim();
    if (text === '') {
      current = undefined;
      continue;
    }
    if (current === undefined || line > current.last + 1 || /^(?:[-*|#>]|\d+\.|@\w)/.test(text)) {
      current = { starts: [], text: '', last: line };
      result.push(current);
    }
    current.starts.push({ offset: current.text.length, line });
    current.text += `${text} `;
    current.last = line;
  }
  return result;
}

function inspect(files) {
  const hits = [];
  let words = 0;
  for (const file of files) {
    const source = readFileSync(join(root, file), 'utf8');
    const lines = file.endsWith('.md') ? markdownLines(source) : commentLines(source, file);
    for (const { line, raw } of lines)
      if (isTooLong(raw)) hits.push({ file, line, name: 'long line', text: raw.trim() });
    for (const { starts, text } of paragraphs(lines)) {
      const prose = withoutQuotations(text);
      words += prose.split(/\s+/).filter((word) => /[a-z]/i.test(word)).length;
      for (const { name, regex } of patterns) {
        for (const match of exempt.has(file) ? [] : prose.matchAll(regex)) {
          const excerpt = prose.slice(Math.max(0, match.index - 30), match.index + match[0].length + 40).trim();
          const start = starts.findLast(({ offset }) => offset <= match.index) ?? starts[0];
          hits.push({ file, line: start.line, name, text: excerpt });
        }
      }
    }
  }
  return { hits, words };
}

const [mode, ...paths] = process.argv.slice(2);
const measure = mode === '--measure';
const list = mode === '--list';
const files = measure ? paths.flatMap((path) => below(join(root, path))) : tracked(list ? paths : []);
const { hits, words } = inspect(files);
const counts = groupByName(hits);

function groupByName(all) {
  const groups = new Map();
  for (const hit of all) groups.set(hit.name, [...(groups.get(hit.name) ?? []), hit]);
  return groups;
}

if (list) {
  for (const { file, line, name, text } of hits) process.stdout.write(`${file}:${line}: ${name}: ${text}\n`);
  process.stdout.write(`${hits.length} hits in ${files.length} files, ${words} words\n`);
  process.exit(hits.length === 0 ? 0 : 1);
}

let failed = false;
process.stdout.write(`${files.length} files, ${words} words; rates per 10,000 words\n`);
for (const { name, rxjs } of patterns) {
  const count = counts.get(name)?.length ?? 0;
  const rate = (count / words) * 10_000;
  const limit = Math.max(rxjs, EPSILON);
  const over = !measure && rate > limit;
  failed ||= over;
  const verdict = over ? `  above ${limit.toFixed(1)}` : '';
  process.stdout.write(`${String(count).padStart(5)} ${rate.toFixed(1).padStart(6)}  ${name}${verdict}\n`);
}
const long = counts.get('long line')?.length ?? 0;
process.stdout.write(`${String(long).padStart(5)}         lines over ${MAX_COLUMNS} columns\n`);
if (!measure && (failed || long > 0)) {
  process.stderr.write(
    'docs/style.md says what to write instead. See each hit: npm run lint:prose -- --list [paths]\n',
  );
  process.exit(1);
}
