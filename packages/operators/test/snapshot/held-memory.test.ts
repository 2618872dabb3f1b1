import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

interface Measured {
  readonly name: string;
  readonly isLookedAt: boolean;
  readonly few: number;
  readonly many: number;
}

/** Runs the program next to the tests on the sources. */
function measured(): Measured[] {
  const entry = join(__dirname, 'programs/held-memory.ts');
  const { outputFiles } = buildSync({ entryPoints: [entry], bundle: true, platform: 'node', write: false });
  const input = outputFiles[0]?.text;
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', '-'], { input, encoding: 'utf8' })) as Measured[];
}

describe('the memory of snapshots that are all held', () => {
  it('grows with the changes, not with their square', () => {
    const all = measured();
    expect(all).toHaveLength(12);
    expect(all.filter(({ few }) => !(few > 50))).toEqual([]);
    // Each would take four times as much among four times as many if it had a copy of a list.
    expect(all.filter(({ few, many }) => many > 2 * few)).toEqual([]);
  });
});
