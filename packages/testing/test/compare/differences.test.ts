import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { differences } from '../../src/compare/differences.js';

const paths = (expected: unknown, actual: unknown) => differences(expected, actual).map(({ path }) => path);

describe('differences', () => {
  it('returns the path, the expected and the actual value of each difference', () => {
    expect(differences({ a: 1, b: { c: ['x', 'y'] } }, { a: 2, b: { c: ['x'] } })).toEqual([
      { path: 'a', expected: 1, actual: 2 },
      { path: 'b.c.1', expected: 'y', actual: undefined },
    ]);
  });

  it('treats an undefined field as absent and null as a value', () => {
    expect(paths({ a: undefined }, {})).toEqual([]);
    expect(paths({}, { a: undefined })).toEqual([]);
    expect(paths({}, { a: null })).toEqual(['a']);
  });

  it('returns surplus fields', () => {
    expect(paths({ a: 1 }, { a: 1, b: 2 })).toEqual(['b']);
    expect(paths([1], [1, 2])).toEqual(['1']);
  });

  it.each([
    ['a value and a structure', 1, { a: 1 }],
    ['an array and an object', [1], { 0: 1 }],
    ['null and an object', null, {}],
    ['0 and -0', 0, -0],
    ['dates', new Date(1), new Date(2)],
    ['errors of other classes', new TypeError('x'), new RangeError('x')],
    ['errors of other texts', new Error('x'), new Error('y')],
    [
      'errors with other fields',
      Object.assign(new Error('x'), { code: 1 }),
      Object.assign(new Error('x'), { code: 2 }),
    ],
    ['sets', new Set([1]), new Set([2])],
    ['maps', new Map([[1, 2]]), new Map([[1, 3]])],
  ])('tells apart %s', (_name, expected, actual) => {
    expect(differences(expected, actual)).not.toEqual([]);
  });

  it.each([
    ['NaN', Number.NaN, Number.NaN],
    ['dates', new Date(1), new Date(1)],
    ['errors', new TypeError('x'), new TypeError('x')],
    ['sets', new Set([1]), new Set([1])],
    ['other iterables', new Set([1, 2]).values(), new Map([[1, 2]]).entries().next().value?.values()],
  ])('takes for the same %s', (_name, expected, actual) => {
    expect(differences(expected, actual)).toEqual([]);
  });

  it('supports asymmetric matchers', () => {
    expect(paths({ a: expect.any(Number) as unknown, b: expect.any(String) as unknown }, { a: 1, b: 2 })).toEqual([
      'b',
    ]);
  });

  it('supports cycles', () => {
    const knot = (value: number) => {
      const object: Record<string, unknown> = { value };
      object.self = object;
      return object;
    };
    expect(paths(knot(1), knot(1))).toEqual([]);
    expect(paths(knot(1), knot(2))).toEqual(['value']);
  });

  it('returns no difference only for equal JSON values', () => {
    const canonical = (value: unknown): string => JSON.stringify(value);
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const [a, b] = [JSON.parse(canonical(one)), JSON.parse(canonical(other))] as [unknown, unknown];
        expect(differences(a, JSON.parse(canonical(a)))).toEqual([]);
        expect(differences(a, b).length === 0).toBe(isDeepStrictEqual(a, b));
      }),
    );
  });
});
