import { left, right } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';
import { of } from 'rxjs';
import { finalOutput } from '../../src/operators/final-output.js';
import { completed, message, turnCompleted } from '../support/events.js';
import { behavesAsAnOperator, marbles, matching } from '../support/operator-checklist.js';

const answer = (text: string) => completed(message('item_0', text));
const values = { g: answer('{"n":1}'), b: answer('{"n":"one"}'), x: answer('sorry, I'), d: turnCompleted() };
const Answer = t.intersection([t.type({ n: t.number }), t.partial({ why: t.union([t.string, t.null]) })]);

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
    [left({ issues: 1 }), 'the decoder gave {"issues":1}'],
    [left([{ value: 1, context: [], message: 'said so' }]), 'said so'],
    [left(undefined), 'the decoder gave undefined'],
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
