import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { anchorsOf, relativeLinks } from './links.js';

const root = resolve(__dirname, '..', '..', '..', '..');

const IGNORED_FOLDERS = /^(node_modules|dist|coverage|\..*)$/;

/** The Markdown files of the repository. */
function pagesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return IGNORED_FOLDERS.test(entry.name) ? [] : pagesBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const pages = pagesBelow('.').sort();
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Returns the broken links of a page, one per line. */
function problemsOf(page: string, markdown: string): string[] {
  return relativeLinks(markdown).flatMap(({ line, target }) => {
    const [path = '', anchor] = decodeURI(target).split('#', 2);
    const file = path === '' ? page : relative(root, resolve(root, dirname(page), path));
    const where = `${page}:${String(line)}: ${target}`;
    if (file.startsWith('..')) return [`${where} leads out of the repository`];
    if (file !== page && !existsSync(join(root, file))) return [`${where} leads to no file`];
    if (anchor === undefined || !file.endsWith('.md')) return [];
    return anchorsOf(file === page ? markdown : read(file)).has(anchor) ? [] : [`${where} leads to no heading`];
  });
}

describe('links of the documentation', () => {
  it('are found', () => {
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/runs.md', 'docs/operators/README.md']));
    expect(pages.flatMap((page) => relativeLinks(read(page))).length).toBeGreaterThan(100);
  });

  it.each(pages)('%s has no broken link', (page) => {
    expect(problemsOf(page, read(page))).toEqual([]);
  });

  it('reach each page of docs from README.md, and each operator from the page of operators', () => {
    const linked = (from: string): Set<string> =>
      new Set(relativeLinks(read(from)).map(({ target }) => join(dirname(from), target.split('#', 1)[0] ?? '')));
    const reached = new Set(['README.md']);
    for (const page of reached) {
      if (page.endsWith('.md'))
        for (const target of linked(page)) if (existsSync(join(root, target))) reached.add(target);
    }
    expect(pages.filter((page) => page.startsWith('docs/') && !reached.has(page))).toEqual([]);
    const operators = linked('docs/operators/README.md');
    expect(pages.filter((page) => /^docs\/operators\/[a-z-]+\.md$/.test(page) && !operators.has(page))).toEqual([]);
  });
});

describe('problemsOf', () => {
  it.each([
    ['[a](none.md)', 'leads to no file'],
    ['[`a`](none.md#x)', 'leads to no file'],
    ['[a][b]\n\n[b]: none.md', 'leads to no file'],
    ['![a](none.png "title")', 'leads to no file'],
    ['[a](../../x.md)', 'leads out of the repository'],
    ['[a](#none)\n\n# Some', 'leads to no heading'],
    ['[a](runs.md#none)', 'leads to no heading'],
  ])('reports %j', (markdown, problem) => {
    expect(problemsOf('docs/page.md', markdown)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    '[a](runs.md) [b](runs.md#limits) [c](../README.md) [d](../examples)',
    '[a](#your-own-code)\n\n## Your own `code`',
    '[a](#x-1)\n\n# X\n\n## X',
    '[a](https://example.org/none.md) [b](mailto:a@example.org)',
    '```md\n[a](none.md)\n```',
    '`[a](none.md)`',
  ])('accepts %j', (markdown) => {
    expect(problemsOf('docs/page.md', markdown)).toEqual([]);
  });
});
