import { crateNames } from './crate-names.js';
import { exportsOf } from './exports.js';
import { codeIn, tables } from './page.js';

const rows = tables
  .filter(({ header }) => header.join() === 'the crate,here,status,why')
  .flatMap((table) => table.rows)
  .map(([crate = '', here = '', status = '', why = '']) => ({
    crate: codeIn(crate),
    here: codeIn(here),
    status,
    why,
  }));

describe('the names in docs/parity.md', () => {
  const isExported = exportsOf();
  const named = rows.flatMap(({ crate }) => crate);

  it.each(Object.entries(crateNames))('has a row for each of the crate: %s', (_kind, names) => {
    expect(names.filter((name) => !named.includes(name))).toEqual([]);
  });

  it('has no row for what the crate does not have, and none twice', () => {
    const known = new Set(Object.values(crateNames).flat());
    expect(named.filter((name, index) => !known.has(name) || named.indexOf(name) !== index)).toEqual([]);
  });

  it('says of each row how it is, and why if it is not the same', () => {
    const bad = rows.filter(({ here, status, why }) => {
      if (status === 'same') return here.length === 0;
      if (status === 'different') return here.length === 0 || why === '';
      if (status === 'none') return here.length > 0 || why === '';
      return status !== 'planned';
    });
    expect(bad).toEqual([]);
  });

  it('names only what is exported, or is a member of what is', () => {
    const here = rows.filter(({ status }) => status !== 'planned').flatMap((row) => row.here);
    expect(here.length).toBeGreaterThan(100);
    expect(here.filter((name) => !isExported(name))).toEqual([]);
  });

  it('calls nothing planned that is there', () => {
    const planned = rows.filter(({ status }) => status === 'planned').flatMap((row) => row.here);
    expect(planned.filter(isExported)).toEqual([]);
  });

  it('would notice a name or a member that is not exported', () => {
    expect(['exec$', 'CodexOptions.binary', 'noSuch$', 'CodexOptions.noSuch'].map(isExported)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
