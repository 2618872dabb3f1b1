import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A code block of the documentation. `ts` is compiled and run, `ts no-run` only compiled. */
export interface Block {
  /** `docs/events.md:12`. */
  readonly name: string;
  readonly code: string;
  readonly isRun: boolean;
}

/** Signatures of the agreed design, not programs. */
const PSEUDO_CODE = ['docs/design.md'];

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function blocksOf(name: string, text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.split('\n');
  let start = -1;
  let info = '';
  lines.forEach((line, index) => {
    const fence = /^```(.*)$/.exec(line);
    if (fence === null) return;
    if (start === -1) {
      start = index + 1;
      info = fence[1] ?? '';
      return;
    }
    const [language, ...flags] = info.split(' ');
    if (language === 'ts') {
      const code = lines.slice(start, index).join('\n');
      blocks.push({ name: `${name}:${start}`, code, isRun: !flags.includes('no-run') });
    }
    start = -1;
  });
  return blocks;
}

/** Returns the text of doc comments at unchanged line numbers. */
function comments(source: string): string {
  return source
    .split('\n')
    .map((line) => (/^\s*\*( |$)/.test(line) ? line.replace(/^\s*\* ?/, '') : ''))
    .join('\n');
}

/** Returns all `ts` blocks of the Markdown files and of the doc comments of the packages. */
export function collectBlocks(root: string): Block[] {
  const packages = ['core', 'operators', 'testing', 'cli'];
  const readmes = ['.', ...packages.map((name) => join('packages', name))].map((folder) =>
    join(root, folder, 'README.md'),
  );
  const pages = [...readmes, ...filesBelow(join(root, 'docs'), /\.md$/)];
  const sources = packages.flatMap((name) => filesBelow(join(root, 'packages', name, 'src'), /\.ts$/));
  return [
    ...pages
      .filter((page) => !PSEUDO_CODE.includes(relative(root, page)))
      .flatMap((page) => blocksOf(relative(root, page), readFileSync(page, 'utf8'))),
    ...sources.flatMap((source) => blocksOf(relative(root, source), comments(readFileSync(source, 'utf8')))),
  ];
}
