import { testsIn, titlesIn } from './named-tests.js';
import { tables } from './page.js';

/** The checklists of the crate: the letters of their ids, and the number of their points. */
const checklists: Readonly<Record<string, number>> = {
  ...{ B: 20, N: 4, O: 15, X: 4, S: 12, P: 16, PC: 10, R: 3, Z: 34, C: 9 },
  ...{ AUTH: 7, TASK: 7, CMD: 33, CAP: 35, VER: 7, RPC: 13, CFG: 8, RUN: 5, APP: 5, PAR: 4, GAP: 24 },
};
const ids = Object.entries(checklists).flatMap(([list, count]) =>
  Array.from({ length: count }, (_, index) => `${list}-${String(index + 1).padStart(2, '0')}`),
);

const rows = tables
  .filter(({ header }) => header.join() === 'id,the crate,here,test')
  .flatMap((table) => table.rows)
  .map(([id = '', demand = '', status = '', test = '']) => ({ id, demand, status, tests: testsIn(test) }));

describe('the points of the checklists in docs/parity.md', () => {
  it('has one row for each point of the crate', () => {
    const points = rows.map(({ id }) => id);
    expect(ids.filter((id) => !points.includes(id))).toEqual([]);
    expect(points.filter((id, index) => !ids.includes(id) || points.indexOf(id) !== index)).toEqual([]);
  });

  it('says what each point demands, and its status, with the reason unless it is the same or planned', () => {
    const bad = rows.filter(
      ({ demand, status }) => demand === '' || !/^(same|planned|(different|none): \S.+)$/.test(status),
    );
    expect(bad).toEqual([]);
  });

  it('names a test of each point that is the same', () => {
    const same = rows.filter(({ status }) => status === 'same');
    expect(same.length).toBeGreaterThan(60);
    expect(same.filter(({ tests }) => tests.length === 0)).toEqual([]);
  });

  it('names only tests that exist', () => {
    const named = rows.flatMap(({ id, tests }) => tests.map((test) => ({ id, ...test })));
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter(({ file, title }) => !titlesIn(file).includes(title))).toEqual([]);
  });
});
