import { fc, test as prop } from '@fast-check/jest';
import { createTextChunks } from '../../src/reading/text-chunks.js';

/** As a stream of bytes sees it: half a surrogate pair has none. */
function joined(strings: readonly string[]): string {
  const chunks = createTextChunks();
  const texts = [...strings.map((text) => chunks.push(text)), chunks.end()];
  return Buffer.concat(texts.map((text) => Buffer.from(text))).toString();
}

/** Lines of a log: objects, blanks and noise. */
const line = fc.oneof(
  fc.jsonValue().map((value) => JSON.stringify({ value })),
  fc.constantFrom('', ' ', 'WARNING: noise', '{}', '[1]', '{"a":"😀"}', '{"broken'),
);
const object = fc.constantFrom('{"a":1}', '{}', ' {"t":"😀"} ');
const newline = fc.constantFrom('\n', '\r\n');

describe('strings of an iterable', () => {
  prop.prop([fc.array(line), newline, fc.array(fc.nat({ max: 300 })), fc.boolean()])(
    'are text in any chunking',
    (lines, end, cuts, endsWithNewline) => {
      const text = lines.join(end) + (endsWithNewline ? end : '');
      const at = [...cuts, 0, text.length].map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b);
      const strings = at.slice(1).map((cut, index) => text.slice(at[index], cut));
      // An empty string after a whole first object is read as a blank line: it might be one.
      expect(joined(strings.filter((part) => part !== ''))).toBe(text);
    },
  );

  prop.prop([object, object, newline])(
    'are text also when the first chunk ends right before a newline',
    (first, second, end) => {
      expect(joined([first, `${end}${second}${end}`])).toBe(`${first}${end}${second}${end}`);
      expect(joined([first, ...end.split(/(?<=\r)/), second, end])).toBe(`${first}${end}${second}${end}`);
    },
  );

  prop.prop([object, fc.array(line)])(
    'are lines when the first one is a whole object without a newline',
    (first, lines) => {
      fc.pre(!/^[ \t\r]+$/.test(lines[0] ?? ''));
      expect(joined([first, ...lines])).toBe([first, ...lines].join('\n'));
    },
  );

  it('keep a surrogate pair that is split', () => {
    expect(joined(['a\uD83D', '\uDE00b\n'])).toBe('a😀b\n');
    expect(joined(['a\uD83D'])).toBe('a\uFFFD');
  });
});
