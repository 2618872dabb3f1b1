import fc from 'fast-check';
import { emptyVector, type PersistentVector } from '../../../src/events/snapshot/persistent-vector.js';

function vector(values: readonly number[]): PersistentVector<number> {
  return values.reduce<PersistentVector<number>>((list, value) => list.push(value), emptyVector());
}

const index = fc.option(fc.integer({ min: -50, max: 50 }), { nil: undefined });

describe('a list of a snapshot', () => {
  it('has the methods of an array', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 40 }), index, index, (values, start, end) => {
        const list = vector(values);
        const isOdd = (value: number, position: number): boolean => (value + position) % 2 === 1;
        expect(list.map((value, position) => value * position)).toEqual(values.map((value, at) => value * at));
        expect(list.filter(isOdd)).toEqual(values.filter(isOdd));
        expect(list.find(isOdd)).toBe(values.find(isOdd));
        expect(list.slice(start, end)).toEqual(values.slice(start, end));
        expect([...list.entries()]).toEqual([...values.entries()]);
      }),
    );
  });

  it('takes a fraction as a position as an array does', () => {
    const values = [1, 2, 3, 4];
    expect(vector(values).slice(1.7, -1.2)).toEqual(values.slice(1.7, -1.2));
    expect(vector(values).slice(Number.NaN)).toEqual(values.slice(Number.NaN));
  });

  it('narrows with a type predicate', () => {
    const even = vector([1, 2]).filter((value): value is 2 => value === 2);
    const first: 2 | undefined = even.at(0);
    expect(first).toBe(2);
  });
});
