import fc from 'fast-check';
import type { ProcessInfo } from '../../src/process/platform/index.js';
import { ProcessTable } from '../../src/process/process-table.js';
import { descendantsOf, orphanedGroup } from '../../src/process/process-tree.js';

const info = (pid: number, ppid: number, pgid = pid, startTime = `t${pid}`): ProcessInfo => ({
  pid,
  ppid,
  pgid,
  startTime,
});
const table = (processes: readonly ProcessInfo[]): ProcessTable =>
  new ProcessTable({ processes, isComplete: true, isStable: true });
const pids = (infos: readonly ProcessInfo[]): number[] => infos.map(({ pid }) => pid);

describe('descendantsOf', () => {
  it('gives children before grandchildren, and nobody else', () => {
    const listing = [info(5, 3), info(1, 0), info(2, 1), info(3, 2), info(4, 2), info(9, 8), info(8, 1)];
    expect(pids(descendantsOf(2, table(listing)))).toEqual([3, 4, 5]);
  });

  it('has an end although a listing that was taken while pids were reused shows a circle', () => {
    expect(pids(descendantsOf(2, table([info(2, 3), info(3, 2), info(4, 4)])))).toEqual([3]);
  });

  const trees = fc.array(fc.nat(1_000), { maxLength: 60 }).map((parents) =>
    // Each process is a child of one before it: a forest.
    parents.map((parent, index) => info(index + 1, index === 0 ? 0 : (parent % index) + 1)),
  );

  it('is exactly those from which parents lead to the root', () => {
    const leadsTo = (listing: readonly ProcessInfo[], from: number, root: number): boolean => {
      const parent = listing.find(({ pid }) => pid === from)?.ppid ?? 0;
      return parent === root || (parent !== 0 && leadsTo(listing, parent, root));
    };
    fc.assert(
      fc.property(trees, fc.nat(60), (listing, root) => {
        const expected = pids(listing).filter((pid) => pid !== root && leadsTo(listing, pid, root));
        expect(pids(descendantsOf(root, table(listing))).sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });
});

describe('orphanedGroup', () => {
  const leader = { pid: 7, startTime: 't7' };

  it('is what is left of a group whose leader is gone', () => {
    expect(pids(orphanedGroup(leader, table([info(8, 1, 7), info(9, 8, 7), info(10, 1, 10)])))).toEqual([8, 9]);
  });

  it('is nothing when the number belongs to another process by now', () => {
    expect(orphanedGroup(leader, table([info(7, 1, 7, 'later'), info(8, 7, 7)]))).toEqual([]);
  });

  it('is nothing when the leader could never be identified and its number is taken', () => {
    expect(orphanedGroup({ pid: 7, startTime: '' }, table([info(7, 1, 7, 'later'), info(8, 7, 7)]))).toEqual([]);
  });
});
