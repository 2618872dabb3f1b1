import fc from 'fast-check';
import { findJson } from '../../src/message/find-json.js';

const FENCE = '```';

describe('findJson', () => {
  it.each([
    ['a fence with a language', `${FENCE}json\n{"ok":true}\n${FENCE}`, '{"ok":true}'],
    ['a fence without one', `${FENCE}\n[1]\n${FENCE}`, '[1]'],
    ['a fence with Windows line ends', `${FENCE}json\r\n{"ok":true}\r\n${FENCE}\r\n`, '{"ok":true}'],
    ['a fence between sentences', `Here:\n\n  ${FENCE}json\n5\n  ${FENCE}\nDone [1].`, '5'],
    ['a fence that is not closed', `${FENCE}json\n{"ok":true}`, '{"ok":true}'],
    ['a sentence after it', '{"ok":true}\n\nThat is all.', '{"ok":true}'],
    ['a sentence before it', 'The result [1] is: {"a":{"b":"}"}}', '{"a":{"b":"}"}}'],
    ['quotes and brackets in strings', 'See {"a":"\\"}{","b":[]} above.', '{"a":"\\"}{","b":[]}'],
    ['an array in a sentence', 'I found [1, 2].', '[1, 2]'],
    ['a fence with a program before the one with JSON', `${FENCE}sh\nls\n${FENCE}\n${FENCE}\n{}\n${FENCE}`, '{}'],
  ])('finds JSON with %s', (_, text, expected) => {
    expect(findJson(text)).toBe(expected);
  });

  it.each([
    ['no JSON', 'sorry, I'],
    ['an empty text', ''],
    ['two fences', `${FENCE}\n{"a":1}\n${FENCE}\n${FENCE}\n{"a":2}\n${FENCE}`],
    ['two objects', '{"a":1} or {"a":2}'],
    ['an object that is cut', 'The result: {"a":'],
  ])('returns undefined for %s', (_, text) => {
    expect(findJson(text)).toBeUndefined();
  });

  it('finds each object between sentences and in a fence', () => {
    const sentence = fc.string().map((text) => text.replaceAll(/["{}[\]`]/g, ' '));
    const object = fc.dictionary(fc.string(), fc.jsonValue()).filter((value) => !('__proto__' in value));
    fc.assert(
      fc.property(sentence, object, sentence, (before, value, after) => {
        const json = JSON.stringify(value);
        expect(findJson(`${before}\n${json}\n${after}`)).toBe(json);
        expect(findJson(`${before}\n${FENCE}json\n${json}\n${FENCE}\n${after}`)).toBe(json);
      }),
    );
  });

  it.each(['{', '[', '"', '```\n', '{"a":', '\\', '{}'])('takes linear time for repetitions of %j', (piece) => {
    const started = performance.now();
    findJson(piece.repeat(Math.ceil(1_000_000 / piece.length)));
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
