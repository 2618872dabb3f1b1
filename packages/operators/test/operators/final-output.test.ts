import type { ThreadEvent } from '@codex-rx/core/events';
import { left, right } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { firstValueFrom, of } from 'rxjs';
import { z } from 'zod';
import type { EitherLike, StandardResult } from '../../src/message/output-schema.js';
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

  it('errors with a DecodeError whose cause is what the decoder throws', () => {
    marbles(({ cold, expectObservable }) => {
      const cause = new RangeError('too small');
      const decoder = (): never => {
        throw cause;
      };
      const error = { code: 'DECODE_FAILED', problem: 'too small', cause };
      expectObservable(cold('g-d', values).pipe(finalOutput(decoder))).toBe('--#', {}, matching(error));
    });
  });

  it('errors with the text, the usage and the thread of the answer', () => {
    const text = '{"n":"one"}';
    const usage = { input_tokens: 3, cached_input_tokens: 0, output_tokens: 2 };
    const errors: unknown[] = [];
    of<ThreadEvent[]>({ ...answer(text), thread_id: 't1' }, { type: 'turn.completed', thread_id: 't1', usage })
      .pipe(finalOutput(Answer))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toMatchObject([{ code: 'DECODE_FAILED', text, usage, threadId: 't1' }]);
  });

  it.each([undefined, null, {}, 'x', { decode: 1 }])(
    'rejects a schema that is none when it is created: %j',
    (schema) => {
      expect(() => finalOutput(schema as never)).toThrow(
        '"finalOutput.schema" must be a Standard Schema, an io-ts codec or a function.',
      );
    },
  );

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
    [[values.x, values.d], /not JSON \(/],
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

/** A Standard Schema of numbers, as a library would make it. */
const numbers = (validate: (value: unknown) => StandardResult<number> | Promise<StandardResult<number>>) => ({
  '~standard': { version: 1 as const, vendor: 'test', validate },
});
const issue = { message: 'expected a number', path: ['n', { key: 0 }] };

describe('finalOutput with a Standard Schema', () => {
  const Verdict = z.object({ n: z.number() });

  it('emits the value of a zod schema, and infers its type', () => {
    const seen: { n: number }[] = [];
    of(values.g, values.d)
      .pipe(finalOutput(Verdict))
      .subscribe((value) => seen.push(value));
    expect(seen).toEqual([{ n: 1 }]);
  });

  it('emits the output of a schema that transforms', () => {
    const seen: string[] = [];
    of(values.g, values.d)
      .pipe(finalOutput(Verdict.transform(({ n }) => `n is ${String(n)}`)))
      .subscribe((value) => seen.push(value));
    expect(seen).toEqual(['n is 1']);
  });

  it.each([
    ['a zod schema', finalOutput(Verdict)],
    ['a function that calls one', finalOutput((value) => Verdict.parse(value))],
  ])('errors with the path and the message of the first issue: %s', (_, operator$) => {
    marbles(({ cold, expectObservable }) => {
      const error = { code: 'DECODE_FAILED', path: 'n', problem: expect.stringMatching(/expected number/) as string };
      expectObservable(cold('b-d', values).pipe(operator$)).toBe('--#', {}, matching(error));
    });
  });

  it('takes a schema that is a function, as those of ArkType are', () => {
    const seen: number[] = [];
    of(values.g, values.d)
      .pipe(
        finalOutput(
          Object.assign(
            () => 'called',
            numbers(() => ({ value: 2 })),
          ),
        ),
      )
      .subscribe((value) => seen.push(value));
    expect(seen).toEqual([2]);
  });

  it('counts the other issues', () => {
    const errors: unknown[] = [];
    of(values.g, values.d)
      .pipe(finalOutput(numbers(() => ({ issues: [issue, issue, issue] }))))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toMatchObject([{ path: 'n.0', problem: 'expected a number (and 2 more)' }]);
  });

  it('waits for an asynchronous schema', async () => {
    const value$ = of(values.g, values.d).pipe(finalOutput(numbers(() => Promise.resolve({ value: 3 }))));
    expect(await firstValueFrom(value$)).toBe(3);
    const invalid$ = of(values.g, values.d).pipe(finalOutput(numbers(() => Promise.resolve({ issues: [issue] }))));
    await expect(firstValueFrom(invalid$)).rejects.toMatchObject({ code: 'DECODE_FAILED', path: 'n.0' });
    const broken$ = of(values.g, values.d).pipe(finalOutput(numbers(() => Promise.reject(new Error('broken')))));
    await expect(firstValueFrom(broken$)).rejects.toMatchObject({ code: 'DECODE_FAILED', problem: 'broken' });
  });
});
