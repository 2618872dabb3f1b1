import fc from 'fast-check';
import { BoundedText } from '../../src/util/bounded-text.js';

const textOf = (limit: number, chunks: readonly (string | Uint8Array)[]): string => {
  const text = new BoundedText(limit);
  for (const chunk of chunks) text.push(Buffer.from(chunk));
  return text.toString();
};

describe('BoundedText', () => {
  it('is the text itself up to twice the limit', () => {
    expect(textOf(4, ['ab', 'cdef', 'gh'])).toBe('abcdefgh');
    expect(textOf(4, [])).toBe('');
  });

  it('does not depend on where the chunks were cut', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(fc.nat(200)),
        fc.integer({ min: 1, max: 40 }),
        (bytes, cuts, limit) => {
          const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
          const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
          expect(textOf(limit, chunks)).toBe(textOf(limit, [bytes]));
        },
      ),
    );
  });

  it('says exactly how much was left out, and cuts between lines where it can', () => {
    const line = fc.stringMatching(/^[a-z]{0,12}$/);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 60 }), (lines, limit) => {
        const all = lines.map((one) => `${one}\n`).join('');
        const text = textOf(limit, [all]);
        const mark = /\n… (\d+) bytes left out …\n/.exec(text);
        fc.pre(mark !== null);
        const head = text.slice(0, mark.index);
        const tail = text.slice(mark.index + mark[0].length);
        expect(all.startsWith(head)).toBe(true);
        expect(all.endsWith(tail)).toBe(true);
        expect(head.length).toBeLessThanOrEqual(limit);
        expect(tail.length).toBeLessThanOrEqual(limit);
        // The end of the head may be trimmed by line breaks.
        const trimmed = all.length - head.length - tail.length - Number(mark[1]);
        expect(all.slice(head.length, head.length + trimmed).trim()).toBe('');
      }),
    );
  });

  it('shows no half of a line at the cut, which might be half of a secret', () => {
    const secret = 'token-0123456789';
    const text = textOf(20, [`first line\n${secret}\n`, 'x'.repeat(100), `\n${secret}\nlast\n`]);
    expect(text).toMatch(/^first line\n… \d+ bytes left out …\nlast\n$/);
  });

  it('shows what it has of a text without line breaks', () => {
    expect(textOf(3, ['abcdefghijkl'])).toBe('abc\n… 6 bytes left out …\njkl');
  });

  it('keeps no more than it must of an endless stream', () => {
    const text = new BoundedText(8_192);
    const before = process.memoryUsage().arrayBuffers;
    for (let round = 0; round < 20_000; round += 1) text.push(Buffer.alloc(8_192, 97));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(120 * 1024 * 1024);
    expect(text.toString().length).toBeLessThan(17_000);
  });

  it('never cuts inside a character', () => {
    for (const character of ['ä', '€', '😀']) {
      for (let limit = 4; limit < 12; limit += 1) expect(textOf(limit, [character.repeat(40)])).not.toContain('\ufffd');
    }
  });
});
