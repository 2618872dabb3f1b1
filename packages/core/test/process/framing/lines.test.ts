import { linesOf } from './collect.js';

const text = (...chunks: string[]) => linesOf(chunks.map((chunk) => Buffer.from(chunk)));
const bytes = (...chunks: number[][]) => linesOf(chunks.map((chunk) => Buffer.from(chunk)));

describe('lines of a byte stream', () => {
  it('end at \\n, and the last one needs none', async () => {
    expect(await text('{"a":1}\n{"b":2}\n')).toEqual(['{"a":1}', '{"b":2}']);
    expect(await text('{"a":1}\n{"b":2}')).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('are none when there are no bytes', async () => {
    expect(await text()).toEqual([]);
  });

  it('may come in pieces', async () => {
    expect(await text('{"a"', ':1}', '\n{"b":', '2}\n{"c":3}\n{"d"', ':4}')).toEqual([
      '{"a":1}',
      '{"b":2}',
      '{"c":3}',
      '{"d":4}',
    ]);
  });

  it('lose one \\r before \\n, and only one', async () => {
    expect(await text('a\r\nb\r\r\nc\r')).toEqual(['a', 'b\r', 'c']);
    expect(await text('a\r', '\nb')).toEqual(['a', 'b']);
  });

  it('keep a lone \\r, U+2028, U+2029, U+0085, NUL and blanks', async () => {
    const line = ' a\rb\u2028c\u2029d\u0085e\0f\tg ';
    expect(await text(`${line}\n`)).toEqual([line]);
  });

  it('are empty strings where they are blank', async () => {
    expect(await text('\n\na\n\r\n\nb')).toEqual(['', '', 'a', '', '', 'b']);
  });

  it('lose a byte-order mark at the very start only, even if it comes in pieces', async () => {
    expect(await text('\uFEFFa\n\uFEFFb\n')).toEqual(['a', '\uFEFFb']);
    expect(await bytes([0xef], [0xbb], [0xbf, 0x61, 0x0a])).toEqual(['a']);
    expect(await bytes([0xef, 0xbb, 0xbf])).toEqual([]);
    expect(await bytes([0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf])).toEqual(['\uFEFF']);
  });

  it('keep characters whose bytes come in pieces', async () => {
    const whole = Buffer.from('{"t":"ä€😀"}\n');
    expect(await linesOf([...whole].map((byte) => Buffer.from([byte])))).toEqual(['{"t":"ä€😀"}']);
  });

  it('with invalid UTF-8 become problems in their place, and the lines around them stay', async () => {
    expect(await bytes([0x61, 0x0a, 0x62, 0xff, 0x0d, 0x0a, 0x0a, 0x63, 0x0a])).toEqual([
      'a',
      { text: 'b\uFFFD', line_number: 2, problem: 'invalid_utf8' },
      '',
      'c',
    ]);
  });

  it.each([
    ['a lone continuation byte', [0x80]],
    ['an overlong form', [0xc0, 0x80]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a code point above U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['half a character', [0xe2, 0x82]],
    ['half a byte-order mark', [0xef, 0xbb]],
  ])('with %s are invalid', async (_, input) => {
    expect(await bytes(input)).toEqual([expect.objectContaining({ line_number: 1, problem: 'invalid_utf8' })]);
  });

  it('with invalid UTF-8 are cut to 64 KiB', async () => {
    const [line] = await linesOf([Buffer.concat([Buffer.from([0xff]), Buffer.alloc(200_000, 'x')])]);
    expect(line).toEqual({ text: `\uFFFD${'x'.repeat(65_535)}`, line_number: 1, problem: 'invalid_utf8' });
  });
});

describe('a line that is too long', () => {
  it('becomes a problem in its place, and reading goes on after it', async () => {
    expect(await linesOf([Buffer.from('abc\nabcdefgh\nde\n\nabcde')], 4)).toEqual([
      'abc',
      { text: 'abcd', line_number: 2, problem: 'oversize' },
      'de',
      '',
      { text: 'abcd', line_number: 5, problem: 'oversize' },
    ]);
  });

  it('is one longer than the limit, without the \\n', async () => {
    expect(await linesOf([Buffer.from('abcd\nabcde\nabcd')], 4)).toEqual([
      'abcd',
      { text: 'abcd', line_number: 2, problem: 'oversize' },
      'abcd',
    ]);
  });

  it('is reported once, however many chunks it spans', async () => {
    const chunks = ['{"a":"', ...Array.from({ length: 50 }, () => 'x'.repeat(1000)), '"}\n{"b":1}', '\n'];
    expect(
      await linesOf(
        chunks.map((chunk) => Buffer.from(chunk)),
        10_000,
      ),
    ).toEqual([{ text: `{"a":"${'x'.repeat(9994)}`, line_number: 1, problem: 'oversize' }, '{"b":1}']);
  });

  it('keeps 64 KiB at most, without half a character at the cut', async () => {
    const [line] = await linesOf([Buffer.from('€'.repeat(50_000))], 100_000);
    expect(line).toEqual({ text: '€'.repeat(21_845), line_number: 1, problem: 'oversize' });
  });
});
