import { testsIn, titlesIn } from './named-tests.js';
import { tablesOf } from './page.js';

const COUNT = 51;
const rows = tablesOf('app-server-pitfalls.md')
  .flatMap((table) => table.rows)
  .map(([id = '', problem = '', behavior = '', cell = '']) => ({ id, problem, behavior, cell, tests: testsIn(cell) }));

describe('the pitfalls in docs/app-server-pitfalls.md', () => {
  it('are all listed, with what this client does', () => {
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: COUNT }, (_, index) => `P${index + 1}`));
    expect(rows.filter(({ problem, behavior }) => problem === '' || behavior === '')).toEqual([]);
  });

  it('have a test or a reason', () => {
    expect(rows.filter(({ cell, tests }) => tests.length === 0 && !/^none: \S.+$/.test(cell))).toEqual([]);
    expect(rows.filter(({ tests }) => tests.length > 0).length).toBeGreaterThan(45);
  });

  it('name only tests that exist', () => {
    const named = rows.flatMap(({ id, tests }) => tests.map((test) => ({ id, ...test })));
    expect(named.filter(({ file, title }) => !titlesIn(file).includes(title))).toEqual([]);
  });
});
