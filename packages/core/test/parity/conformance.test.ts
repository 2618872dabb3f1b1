import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, tables } from './page.js';

/** The crate's checklists: letter, and how many points there are. */
const checklists: Readonly<Record<string, number>> = { B: 20, N: 4, O: 15, X: 4, S: 12, P: 16, R: 3, Z: 34, C: 9 };
const id = (letter: string, number: number): string => `${letter}-${String(number).padStart(2, '0')}`;
const ids = Object.entries(checklists).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, index) => id(letter, index + 1)),
);

/** `P-03 to P-05, R-01` is four points. */
function idsIn(cell: string): string[] {
  return [...cell.matchAll(/\b([A-Z])-(\d\d)\b(?: to \1-(\d\d)\b)?/g)].flatMap(([, letter = '', from, to = from]) =>
    Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => id(letter, Number(from) + index)),
  );
}

const rows = tables
  .filter(({ header }) => header[0] === 'id')
  .flatMap((table) => table.rows)
  .map(([points = '', text = '']) => ({ points: idsIn(points), text }));

/** All that stands in quotes in the tests. */
const titles = ['core', 'operators', 'testing'].flatMap((name) => {
  const folder = join(root, 'packages', name, 'test');
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.test.ts'))
    .flatMap((path) => readFileSync(join(folder, path), 'utf8').match(/(?:'[^'\n]*'|"[^"\n]*")/g) ?? []);
});

describe('the checklists in docs/parity.md', () => {
  it('has every point of the crate once', () => {
    const points = rows.flatMap((row) => row.points);
    expect(ids.filter((point) => !points.includes(point))).toEqual([]);
    expect(points.filter((point, index) => points.indexOf(point) !== index)).toEqual([]);
  });

  it('says of each whether it is the same', () => {
    expect(rows.filter(({ text }) => text === '')).toEqual([]);
  });

  it('has a test by the name of each point that is the same', () => {
    const same = rows.filter(({ text }) => text.startsWith('same')).flatMap(({ points }) => points);
    expect(same.length).toBeGreaterThan(60);
    expect(same.filter((point) => !titles.some((title) => new RegExp(`\\b${point}\\b`).test(title)))).toEqual([]);
  });
});
