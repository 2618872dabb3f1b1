import fc from 'fast-check';
import { emptyKeyedList, type KeyedList } from '../../../src/events/snapshot/keyed-list.js';

interface Value {
  readonly key: string | undefined;
  readonly n: number;
}
const empty = () =>
  emptyKeyedList<Value>(
    ({ key }) => key,
    ({ key }) => (key === undefined ? [] : [`of ${key}`, 'of all']),
  );
const any = () => true;
/** Without a key for every fourth. Short lists are looked through, longer ones have an index. */
const filler = (length: number): Value[] =>
  Array.from({ length }, (_, n) => ({ key: n % 4 === 3 ? undefined : `filler ${String(n)}`, n }));
const filled = (length: number) => filler(length).reduce((list, value) => list.push(value), empty());
const at = (list: KeyedList<Value>, key: string, from = 0) => list.find(key, from, any);

describe('KeyedList', () => {
  describe.each([0, 5, 40])('behind %i values', (length) => {
    it('finds the latest value with a key', () => {
      const list = filled(length).push({ key: 'a', n: 0 }).push({ key: 'b', n: 1 }).push({ key: 'a', n: 2 });
      expect([at(list, 'a'), at(list, 'b'), at(list, 'c')]).toEqual([length + 2, length + 1, -1]);
    });

    it('finds the latest value that is accepted and not before a position', () => {
      const list = [0, 1, 2, 3].reduce((all, n) => all.push({ key: 'a', n }), filled(length));
      expect(list.find('a', 0, ({ n }) => n % 2 === 0)).toBe(length + 2);
      expect(list.find('a', length + 2, ({ n }) => n % 2 === 0)).toBe(length + 2);
      expect(list.find('a', length + 3, ({ n }) => n % 2 === 0)).toBe(-1);
      expect(list.find('a', 0, () => false)).toBe(-1);
    });
  });

  it('examines a limited number of recent values', () => {
    const list = [0, 1, 2, 3].reduce((all, n) => all.push({ key: 'a', n }), empty());
    const first = ({ n }: Value): boolean => n === 0;
    expect(list.findRecent('a', 0, first, 4)).toBe(0);
    expect(list.findRecent('a', 0, first, 3)).toBeUndefined();
    expect(list.findRecent('a', 1, first, 4)).toBe(-1);
    expect(list.findRecent('a', 0, () => false, 5)).toBe(-1);
    expect(list.findRecent('b', 0, any, 1)).toBe(-1);
  });

  it('takes values without a key', () => {
    const list = empty().push({ key: undefined, n: 0 }).push({ key: 'a', n: 1 });
    expect(at(list, 'a')).toBe(1);
    expect(list).toHaveLength(2);
  });

  it('finds in each version what belongs to it, however they branched', () => {
    const step = fc.record({
      from: fc.nat(),
      key: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
      set: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat({ max: 30 }), (steps, length) => {
        const start = [filled(length), filler(length)] as const;
        const versions: (readonly [list: KeyedList<Value>, model: readonly Value[]])[] = [start];
        steps.forEach(({ from, key, set }, n) => {
          const [list, model] = versions[from % versions.length] ?? start;
          if (set && model.length > 0) {
            const position = n % model.length;
            const value = { key: model[position]?.key, n };
            versions.push([list.set(position, value), model.map((old, at) => (at === position ? value : old))]);
          } else {
            versions.push([list.push({ key, n }), [...model, { key, n }]]);
          }
        });
        for (const [list, model] of versions) {
          expect(list.vector.toArray()).toEqual(model);
          for (const key of ['a', 'b', 'c']) {
            const last = model.map((value) => value.key).lastIndexOf(key);
            expect(at(list, key)).toBe(last);
            expect(list.findRecent(key, 0, any, 1)).toBe(last);
            expect(list.findBySubkey(`of ${key}`, 0, any)).toBe(last);
          }
          expect(list.findBySubkey('of all', 0, any)).toBe(
            model.map((value) => value.key !== undefined).lastIndexOf(true),
          );
        }
      }),
    );
  });

  it.each([0, 5, 40])(
    'lets nothing of one list be seen in another one that began with the same %i values',
    (length) => {
      const start = filled(length);
      const one = start.push({ key: 'a', n: 1 });
      const other = start.push({ key: 'b', n: 2 });
      expect([at(one, 'a'), at(other, 'b')]).toEqual([length, length]);
      expect([at(one, 'b'), at(other, 'a'), at(start, 'a')]).toEqual([-1, -1, -1]);
    },
  );
});
