import { left, right } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { of } from 'rxjs';
import type { EitherLike } from '../../src/message/decode-output.js';
import { finalOutput } from '../../src/operators/final-output.js';
import { completed, message as messageItem, turnCompleted } from '../support/events.js';
import { behavesAsAnOperator, marbles, matching } from '../support/operator-checklist.js';

const answer = (text: string) => completed(messageItem('item_0', text));
const values = { g: answer('{"n":1}'), b: answer('{"n":"one"}'), x: answer('sorry, I'), d: turnCompleted() };
const Answer = t.intersection([t.type({ n: t.number }), t.partial({ why: t.union([t.string, t.null]) })]);

/** Returns the error of the result for an answer of this value. */
function errorFor(value: unknown, decoder: { decode: (value: unknown) => EitherLike<unknown> }): unknown {
  let error: unknown;
  of(answer(JSON.stringify(value)), values.d)
    .pipe(finalOutput((output) => decoder.decode(output)))
    .subscribe({
      error: (reason: unknown) => {
        error = reason;
      },
    });
  return error;
}

interface Tree {
  readonly n: number;
  readonly next?: readonly Tree[];
}
const Tree: t.Type<Tree> = t.recursion('Tree', () =>
  t.intersection([t.type({ n: t.number }), t.partial({ next: t.readonlyArray(Tree) })]),
);
const Circle = t.type({ radius: t.number }, 'Circle');
const Square = t.type({ side: t.type({ length: t.number }) }, 'Square');
const letters = t.union([
  t.literal('a'),
  t.literal('b'),
  t.literal('c'),
  t.literal('d'),
  t.literal('e'),
  t.literal('f'),
  t.literal('g'),
]);
const endless: { self?: unknown } = {};
endless.self = endless;

describe('finalOutput', () => {
  behavesAsAnOperator({ operator: () => finalOutput(Answer), sample: [values.g, values.d], emissions: 1 });

  it('emits the decoded answer at the end of the turn', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('g-d--|', values);
      expectObservable(source$.pipe(finalOutput(Answer))).toBe('--o--|', { o: { n: 1 } });
      expectSubscriptions(source$.subscriptions).toBe('^----!');
    });
  });

  it.each([
    ['in a code fence', '```json\n{"n":1}\n```'],
    ['before a sentence', '{"n":1}\n\nThat is all.'],
  ])('decodes an answer %s', (_, text) => {
    const seen: unknown[] = [];
    of(answer(text), values.d)
      .pipe(finalOutput(Answer))
      .subscribe((value) => seen.push(value));
    expect(seen).toEqual([{ n: 1 }]);
  });

  it.each([
    ['an Either', () => right('yes')],
    ['a value', () => 'yes'],
  ])('takes a function that returns %s', (_, decoder) => {
    const seen: unknown[] = [];
    of(values.g, values.d)
      .pipe(finalOutput<unknown>(decoder))
      .subscribe((value) => seen.push(value));
    expect(seen).toEqual(['yes']);
  });

  it('errors with what the decoder throws, as it is', () => {
    marbles(({ cold, expectObservable }) => {
      const problem = new RangeError('too small');
      const decoder = (): never => {
        throw problem;
      };
      expectObservable(cold('g-d', values).pipe(finalOutput(decoder))).toBe('--#', {}, problem);
    });
  });

  it('errors with where and what is wrong, and leaves the source', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('b-d--|', values);
      const error = { code: 'DECODE_FAILED', line: 0, path: 'n', problem: 'expected number', excerpt: '{"n":"one"}' };
      expectObservable(source$.pipe(finalOutput(Answer))).toBe('--#', {}, matching(error));
      expectSubscriptions(source$.subscriptions).toBe('^-!');
    });
  });

  it.each([
    [left('no good'), 'no good'],
    [left(new Error('no good')), 'no good'],
    [left({ issues: 1 }), 'the decoder returned {"issues":1}'],
    [left([{ value: 1, context: [], message: 'said so' }]), 'said so'],
    [left(undefined), 'the decoder returned undefined'],
    [left([]), 'the decoder returned []'],
  ])('tells what a Left holds: %j', (result, problem) => {
    let error: unknown;
    of(values.g, values.d)
      .pipe(finalOutput(() => result))
      .subscribe({
        error: (reason: unknown) => {
          error = reason;
        },
      });
    expect(error).toMatchObject({ code: 'DECODE_FAILED', path: '', problem });
  });

  it.each([
    ['circular', left(endless)],
    ['a bigint', left(1n)],
  ])('errors with a DecodeError for a Left that JSON cannot show: %s', (_, result) => {
    expect(errorFor(1, { decode: () => result })).toMatchObject({
      code: 'DECODE_FAILED',
      problem: 'the decoder returned a value that is not JSON',
    });
  });

  it.each([
    ['a union of literals', t.union([t.literal('a'), t.literal('b')]), 'c', '', 'expected "a" or "b"'],
    ['a union in a field', t.type({ n: t.union([t.number, t.null]) }), { n: 'x' }, 'n', 'expected number or null'],
    [
      'a union of objects',
      t.union([Circle, Square, t.null]),
      { side: { length: 'x' } },
      '',
      'none of 3 alternatives fits: Circle (at radius: expected number); Square (at side.length: expected number); null',
    ],
    [
      'a union in a union',
      t.type({ shapes: t.array(t.union([Circle, t.type({ of: t.union([Circle, t.string]) }, 'Group')])) }),
      { shapes: [{ of: {} }] },
      'shapes.0',
      'none of 2 alternatives fits: Circle (at radius: expected number); ' +
        'Group (at of: none of 2 alternatives fits: Circle (at radius: expected number); string)',
    ],
    ['many alternatives', letters, 'x', '', 'expected "a", "b", "c", "d", "e" or 2 others'],
    [
      'a union with tags: the alternative that was meant',
      t.union([
        t.type({ kind: t.literal('a'), n: t.number }),
        t.type({ kind: t.literal('b'), n: t.type({ m: t.union([t.number, t.null]) }) }),
      ]),
      { kind: 'b', n: { m: 'x' } },
      'n.m',
      'expected number or null',
    ],
    ['a nullable union that is read-only', t.readonly(t.union([Circle, t.null])), 1, '', 'expected Circle or null'],
  ])('tells which alternatives were tried, and where each of them failed: %s', (_, codec, value, path, problem) => {
    expect(errorFor(value, codec)).toMatchObject({ path, problem });
  });

  it.each([
    ['exact', t.exact(t.intersection([t.type({ n: t.number }), t.partial({ why: t.string })])), { n: 'x' }, 'n'],
    ['recursive', Tree, { n: 1, next: [{ n: 'x' }] }, 'next.0.n'],
    ['refined', t.refinement(t.intersection([Circle, Square]), () => true), { radius: 'x' }, 'radius'],
  ])('tells the path of the answer, not that of the codec, which is %s', (_, codec, value, path) => {
    expect(errorFor(value, codec)).toMatchObject({ path, problem: 'expected number' });
  });

  it('keeps its message short, whatever the codec is called and the Left holds', () => {
    const Long = t.type({ n: t.number }, 'L'.repeat(10_000));
    const codecs = [
      Long,
      t.union([Long, t.null]),
      t.union([t.type({ x: Long }), Long]),
      t.union([t.array(letters), Long]),
    ];
    const decoders = [
      ...codecs,
      { decode: () => left('x'.repeat(10_000)) },
      { decode: () => left(['x'.repeat(10_000)]) },
    ];
    for (const decoder of decoders) {
      const { problem } = errorFor({ x: {} }, decoder) as { problem: string };
      expect(problem.length).toBeLessThanOrEqual(1_000);
    }
    const { message } = errorFor({ ['k'.repeat(10_000)]: 1 }, t.record(t.string, t.null)) as Error;
    expect(message.length).toBeLessThanOrEqual(1_000);
  });

  it.each([
    [[values.x, values.d], /not JSON .*outputSchema/],
    [[values.d], /no final message/],
  ])('errors for an answer that is none', (events, problem) => {
    let error: unknown;
    of(...events)
      .pipe(finalOutput(Answer))
      .subscribe({
        error: (reason: unknown) => {
          error = reason;
        },
      });
    expect(error).toMatchObject({ code: 'DECODE_FAILED', line: 0, problem: expect.stringMatching(problem) as string });
  });

  it('takes a value with a `_tag` of its own for a value', () => {
    const seen: unknown[] = [];
    of(values.g, values.d)
      .pipe(finalOutput<unknown>(() => ({ _tag: 'Left' })))
      .subscribe((value) => seen.push(value));
    expect(seen).toEqual([{ _tag: 'Left' }]);
  });
});
