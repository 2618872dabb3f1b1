import { parseOverrideValue, parseToml } from '../../src/util/parse-toml.js';

const plain = (text: string): unknown => JSON.parse(JSON.stringify(parseToml(text)));

describe('parseToml', () => {
  it.each<[name: string, text: string, expected: object]>([
    ['comments with Windows line ends', '# mine\r\na = 1 # one\r\n\r\n[b]\r\nc = 2\r\n', { a: 1, b: { c: 2 } }],
    ['a byte-order mark', '\uFEFF# mine\na = 1\n', { a: 1 }],
    ['an inline table over several lines', 'a = {\n  b = 1, # one\n  c = ["x",],\n}\n', { a: { b: 1, c: ['x'] } }],
    ['escapes of TOML 1.1', 'a = "\\e\\x41"\n', { a: '\u001BA' }],
    ['a list of several types', 'a = [1, "x", { b = true }]\n', { a: [1, 'x', { b: true }] }],
    [
      'tables named like members of objects',
      '[constructor.toString]\na = 1\n[valueOf]\nb = 2\n',
      {
        constructor: { toString: { a: 1 } },
        valueOf: { b: 2 },
      },
    ],
  ])('reads %s', (_name, text, expected) => {
    expect(plain(text)).toEqual(expected);
  });

  it('rejects integers that do not fit in 64 bits', () => {
    expect(parseToml('a = 9223372036854775807\nb = 0x7fffffffffffffff\n')).toMatchObject({
      a: 2n ** 63n - 1n,
      b: 2n ** 63n - 1n,
    });
    expect(parseToml('a = -9223372036854775808\n').a).toBe(-(2n ** 63n));
    expect(() => parseToml('a = 9223372036854775808\n')).toThrow('64 bits');
    expect(() => parseToml('a = [{ b = -9223372036854775809 }]\n')).toThrow('64 bits');
  });

  it('sets no prototype', () => {
    const table = parseToml('[__proto__]\nadmin = true\n');

    expect((table as { readonly admin?: unknown }).admin).toBeUndefined();
    expect(({} as { readonly admin?: unknown }).admin).toBeUndefined();
  });

  it.each([
    ['a missing value', 'a = 1\nmodel = \n', 2],
    ['a key that is there twice', 'a = 1\na = 2\n', 2],
    ['an open string', 'a = "x\n', 1],
    ['a table that is a value already', 'a = 1\n[a]\nb = 2\n', 2],
  ])('rejects %s, with its line', (_name, text, line) => {
    expect(() => parseToml(text)).toThrow(expect.objectContaining({ line }) as Error);
  });
});

describe('parseOverrideValue', () => {
  it.each<[text: string, value: unknown]>([
    ['1', 1],
    ['{ a = "b" } # c', { a: 'b' }],
    ['1\nvalue = 2', 1],
    [' plain text ', 'plain text'],
    [`"'open`, 'open'],
    [`it's"`, "it's"],
    ['', ''],
  ])('reads %j as %j', (text, value) => {
    expect(parseOverrideValue(text)).toEqual(value);
  });
});
