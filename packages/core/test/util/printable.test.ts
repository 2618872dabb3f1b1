import fc from 'fast-check';
import { RequestError } from '../../src/errors/index.js';
import { printable } from '../../src/util/printable.js';

describe('printable', () => {
  it.each([
    ['\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
    ['\u009b31m', '\\u009b31m'],
    ['a\u202eb\u2066c\u200e', 'a\\u202eb\\u2066c\\u200e'],
    ['a\r\nb\tc', 'a\\u000d\nb\tc'],
    ['äöü 漢字 👩‍👩‍👧', 'äöü 漢字 👩‍👩‍👧'],
  ])('turns %j into %j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('returns a text without control characters for every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(/[^\P{Cc}\n\t]/u.test(printable(text))).toBe(false);
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });

  it('is applied to the message of each error', () => {
    expect(String(new RequestError('prompt', 'contains \u001b[2J'))).not.toContain('\u001b');
  });
});
