import fc from 'fast-check';
import { clean, cut, cutStart, excerpt, toLines, width, wrap } from '../../src/text/terminal-text.js';

describe('clean', () => {
  it('takes colours, cursor movements and other control characters away', () => {
    expect(clean('\u001b[31mred\u001b[0m\u001b[2J\u0007 \u009b1mbold\u0000')).toBe('red bold');
  });

  it('takes links away but for their text', () => {
    expect(clean('\u001b]8;;https://example.com\u0007here\u001b]8;;\u0007')).toBe('here');
  });

  it('leaves of a line that overwrites itself what is left standing', () => {
    expect(clean('10 %\r50 %\r100 %\r\nnext\r')).toBe('100 %\nnext');
  });

  it('makes spaces of tabs and keeps line feeds', () => {
    expect(clean('a\tb\nc')).toBe('a    b\nc');
  });

  it('takes marks away that turn the direction of writing', () => {
    expect(clean('safe\u202Etxt.exe')).toBe('safetxt.exe');
  });

  it('leaves no control character of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(clean(text)).not.toMatch(/[^\P{Cc}\n]/u);
      }),
    );
  });
});

describe('width', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['日本', 4],
    ['한글', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['❤️', 2],
    ['✔ ok', 4],
    ['\u001b[1mbold\u001b[22m', 4],
  ])('of %j is %d', (text, columns) => {
    expect(width(text)).toBe(columns);
  });
});

describe('cut', () => {
  it('keeps what fits', () => {
    expect(cut('1234', 4)).toBe('1234');
  });

  it('marks where it cut', () => {
    expect(cut('12345', 4)).toBe('123…');
    expect(cutStart('12345', 4)).toBe('…345');
    expect(cutStart('日本語です', 6)).toBe('…です');
  });

  it('does not cut a wide character in two', () => {
    expect(cut('日本語です', 6)).toBe('日本…');
  });

  it('never takes more columns than it may', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, columns) => {
        expect(width(cut(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe('wrap', () => {
  it('breaks between words', () => {
    expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
  });

  it('breaks a word that is longer than a line', () => {
    expect(wrap('a 1234567890 b', 4)).toEqual(['a', '1234', '5678', '90 b']);
  });

  it('keeps the indentation of a line', () => {
    expect(wrap('  one two', 6)).toEqual(['  one', 'two']);
  });

  it('makes one empty line of an empty one', () => {
    expect(wrap('', 10)).toEqual(['']);
  });

  it('loses no letter and makes no line too long', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 2, max: 30 }), (text, columns) => {
        const line = clean(text).replaceAll('\n', ' ');
        const lines = wrap(line, columns);
        expect(lines.join('').replace(/\s/g, '')).toBe(line.replace(/\s/g, ''));
        expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe('toLines', () => {
  it('leaves blank lines at the ends out, and keeps those between', () => {
    expect(toLines('\n \n  a\n\nb  \n\n')).toEqual(['  a', '', 'b']);
  });
});

describe('excerpt', () => {
  const lines = Array.from({ length: 10 }, (_, index) => String(index + 1));

  it('is all of a few lines', () => {
    expect(excerpt(lines, 10)).toEqual(lines);
  });

  it('is the first and, rather, the last of many, and says how many it leaves out', () => {
    expect(excerpt(lines, 7)).toEqual(['1', '2', '… 4 more lines', '7', '8', '9', '10']);
  });
});
