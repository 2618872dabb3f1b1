import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The repository. */
export const root = join(__dirname, '..', '..', '..', '..');

export interface Table {
  /** The heading of the section that it is in. */
  readonly section: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Returns the tables of a page of the documentation. */
export function tablesOf(name: string): readonly Table[] {
  const page = readFileSync(join(root, 'docs', name), 'utf8');
  return page.split(/^(?=##+ )/m).flatMap((section) =>
    section
      .split(/\n{2,}/)
      .map((block) =>
        block
          .split('\n')
          .filter((line) => line.startsWith('|'))
          .map(cellsOf),
      )
      .filter((rows) => rows.length > 2)
      .map(([header = [], , ...rows]) => ({ section: /^#+ (.*)/.exec(section)?.[1] ?? '', header, rows })),
  );
}

/** The tables of docs/parity.md. */
export const tables: readonly Table[] = tablesOf('parity.md');

function cellsOf(line: string): string[] {
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** Returns the texts in backticks. */
export function codeIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');
}
