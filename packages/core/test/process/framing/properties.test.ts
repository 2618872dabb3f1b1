import { isUtf8 } from 'node:buffer';
import { fc, test as prop } from '@fast-check/jest';
import type { RawLine } from '../../../src/events/raw-line.js';
import { chunked, linesOf } from './collect.js';

/** The simplest implementation of framing: takes all bytes in one buffer and reads line by line. */
function reference(all: Buffer, maxLineBytes: number): RawLine[] {
  const bytes = all.subarray(0, 3).toString('hex') === 'efbbbf' ? all.subarray(3) : all;
  const lines: Buffer[] = [];
  let at = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, at)) {
    lines.push(bytes.subarray(at, end));
    at = end + 1;
  }
  if (at < bytes.length) lines.push(bytes.subarray(at));
  return lines.map((line, index) => {
    const text = line.toString('latin1').replace(/\r$/, '');
    const kept = Buffer.from(text, 'latin1').toString();
    if (line.length > maxLineBytes) return { text: '', line_number: index + 1, problem: 'oversize' };
    return isUtf8(line) ? kept : { text: kept, line_number: index + 1, problem: 'invalid_utf8' };
  });
}

const awkward = fc.constantFrom(
  ...['\n', '\r', '\r\n', '\uFEFF', '€', '😀', '\0', '\u2028', '{"type":"a"}', ' '].map((text) => Buffer.from(text)),
  ...[[0xff], [0xe2], [0x82], [0xef], [0xbb], [0xbf], [0xed, 0xa0, 0x80]].map((bytes) => Buffer.from(bytes)),
  Buffer.alloc(20_000, 'y'),
);
const input = fc
  .array(
    fc.oneof(
      awkward,
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    ),
    { maxLength: 40 },
  )
  .map((parts) => Buffer.concat(parts));
const cuts = fc.array(fc.nat({ max: 60_000 }), { maxLength: 30 });
const limit = fc.constantFrom(1, 2, 3, 8, 64, 19_999, 20_000, 1_000_000);

describe('framing', () => {
  prop.prop([input, cuts, limit])(
    'never throws, loses or reorders a line, whatever the bytes',
    async (bytes, at, max) => {
      const lines = await linesOf(chunked(bytes, at), max);
      const expected = reference(bytes, max);
      // Other tests cover the text that is kept of a line that is too long.
      const comparable = lines.map((raw) =>
        typeof raw !== 'string' && raw.problem === 'oversize' ? { ...raw, text: '' } : raw,
      );
      expect(comparable).toEqual(expected);
    },
  );

  prop.prop([input, cuts, limit])('gives the same for every chunking', async (bytes, at, max) => {
    const whole = await linesOf(
      [bytes].filter((chunk) => chunk.length > 0),
      max,
    );
    expect(await linesOf(chunked(bytes, at), max)).toEqual(whole);
    expect(
      await linesOf(
        Array.from(bytes.subarray(0, 3000), (byte) => Buffer.from([byte])),
        max,
      ),
    ).toEqual(
      await linesOf(
        [bytes.subarray(0, 3000)].filter((chunk) => chunk.length > 0),
        max,
      ),
    );
  });
});
