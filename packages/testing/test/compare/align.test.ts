import fc from 'fast-check';
import { align } from '../../src/compare/align.js';

const show = (left: string, right: string) =>
  align(left.length, right.length, (l, r) => left[l] === right[r])
    .map(([l, r]) => `${l === undefined ? '-' : (left[l] ?? '')}${r === undefined ? '-' : (right[r] ?? '')}`)
    .join(' ');

describe('align', () => {
  it.each([
    ['abc', 'abc', 'aa bb cc'],
    ['abc', 'ac', 'aa b- cc'],
    ['ac', 'abc', 'aa -b cc'],
    ['axc', 'ayc', 'aa x- -y cc'],
    ['', 'ab', '-a -b'],
    ['abcd', 'bcda', 'a- bb cc dd -a'],
  ])('pairs %s with %s', (left, right, expected) => {
    expect(show(left, right)).toBe(expected);
  });

  it('returns every element of both sides in order and pairs only equal ones', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 });
    fc.assert(
      fc.property(letters, letters, (left, right) => {
        const pairs = align(left.length, right.length, (l, r) => left[l] === right[r]);
        expect(pairs.flatMap(([l]) => l ?? [])).toEqual(left.map((_, index) => index));
        expect(pairs.flatMap(([, r]) => r ?? [])).toEqual(right.map((_, index) => index));
        const both = pairs.flatMap(([l, r]) => (l === undefined || r === undefined ? [] : [[left[l], right[r]]]));
        expect(both.filter(([l, r]) => l !== r)).toEqual([]);
      }),
    );
  });

  it('pairs by position when a table would be too large', () => {
    const pairs = align(2500, 2400, () => false);
    expect([pairs[0], pairs[2399], pairs[2400], pairs.length]).toEqual([[0, 0], [2399, 2399], [2400, undefined], 2500]);
  });
});
