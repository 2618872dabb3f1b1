import { isCodexError } from '@codex-rx/core/errors';
import fc from 'fast-check';
import { TestScheduler } from 'rxjs/testing';
import { parseMarbles } from '../../src/marbles/parse-marbles.js';

const failure = new Error('#');
const parse = (marbles: string) =>
  parseMarbles(marbles, { symbol: (name) => name, word: (name) => `<${name}>`, error: failure });
const short = (marbles: string) =>
  parse(marbles).map(({ frame, notification }) => [
    frame,
    notification.kind === 'N' ? notification.value : notification.kind,
  ]);

describe('parseMarbles', () => {
  it('parses diagrams without braces like RxJS', () => {
    const part = fc.oneof(
      fc.constantFrom('-', '--', 'a', 'b', '😀', '|', '#', ' ', '(ab)', '(a|)', '(-a)', '1', 'm'),
      fc.integer({ min: 0, max: 5000 }).map((ms) => ` ${String(ms)}ms `),
      fc.constantFrom(' 1.5s ', ' 2m ', ' 0.5ms '),
    );
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('')),
        (marbles) => {
          // RxJS requires a blank after a time, even at the end.
          const theirs = new TestScheduler(() => true).run(
            ({ cold }) => cold(`${marbles} `, undefined, failure).messages,
          );
          expect(parse(marbles)).toEqual(theirs);
        },
      ),
      { examples: [['1m'], ['a 12ms'], ['1m a']] },
    );
  });

  it('parses words in braces, which are synchronous and take no time', () => {
    expect(short('{thread turn} 12ms {+cmd0}{cmd0} 3s {done |}')).toEqual([
      [0, '<thread>'],
      [0, '<turn>'],
      [12, '<+cmd0>'],
      [12, '<cmd0>'],
      [3012, '<done>'],
      [3012, 'C'],
    ]);
  });

  it('parses both forms in one diagram', () => {
    expect(short('a{long}-b {#}')).toEqual([
      [0, 'a'],
      [1, '<long>'],
      [2, 'b'],
      [3, 'E'],
    ]);
  });

  it('parses a final time and line breaks', () => {
    expect(short('{a}\n  5ms\t{b}\n7ms')).toEqual([
      [0, '<a>'],
      [5, '<b>'],
    ]);
  });

  it.each([
    ['a{b', 'must not contain an unpaired { at "{b".'],
    ['a}b', 'must not contain an unpaired } at "}b".'],
    ['(a(b))', 'must not nest ( in ( ) at "(b))".'],
    ['ab)', 'must not contain ) without ( at ")".'],
    ['(ab', 'must close each parenthesis, but a ( is open in (ab.'],
    ['a!', 'must not contain !, which marks subscriptions, at "!". Set "until" to unsubscribe early.'],
    ['^a', 'must not contain ^, which marks subscriptions, at "^a". Set "until" to unsubscribe early.'],
  ])('rejects the invalid diagram %s', (marbles, problem) => {
    let error: unknown;
    try {
      parse(marbles);
    } catch (caught) {
      error = caught;
    }
    expect(isCodexError(error, 'REQUEST_INVALID') && error.message).toBe(`"marbles" ${problem}`);
  });
});
