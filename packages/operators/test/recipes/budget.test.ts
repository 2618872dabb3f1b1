import { command, completed, threadStarted, turnCompleted, turnFailed, turnStarted } from '../support/events.js';
import { marbles, matching } from '../support/operator-checklist.js';
import { BudgetError, withinBudget } from './budget.js';

const output = 'x'.repeat(4_000);
const values = {
  t: threadStarted(),
  u: turnStarted('u1'),
  c: completed(command('item_0', { aggregated_output: output }), 'u1'),
  e: completed(command('item_1', { aggregated_output: output }), 'u1'),
  d: turnCompleted({ input_tokens: 900, cached_input_tokens: 500, output_tokens: 200 }, 'u1'),
  v: turnStarted('u2'),
  f: completed(command('item_2', { aggregated_output: output }), 'u2'),
};

describe('a budget', () => {
  it('ends a run in the middle of its turn when what it did is worth more', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('tuced|', values);
      const error = matching({ name: 'BudgetError' });
      expectObservable(source$.pipe(withinBudget(1_500))).toBe('tuc#', values, error);
      expectSubscriptions(source$.subscriptions).toBe('^--!');
    });
  });

  it('lets a run that stays below be', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('tuced|', values).pipe(withinBudget(5_000))).toBe('tuced|', values);
    });
  });

  it('counts what an attempt did that has failed, and the next one', () => {
    const attempts = { ...values, x: turnFailed('no', 'u1'), r: threadStarted('t1', { attempt: 1, resumed: true }) };
    marbles(({ cold, expectObservable }) => {
      const error = matching({ name: 'BudgetError' });
      expectObservable(cold('tucxrvf|', attempts).pipe(withinBudget(1_500))).toBe('tucxrv#', attempts, error);
      expectObservable(cold('tucrvf|', attempts).pipe(withinBudget(1_500))).toBe('tucrv#', attempts, error);
    });
  });

  it('counts all threads of a stream', () => {
    const runs = { ...values, o: threadStarted('t2') };
    marbles(({ cold, expectObservable }) => {
      const error = matching({ name: 'BudgetError' });
      expectObservable(cold('tudovf|', runs).pipe(withinBudget(1_500))).toBe('tudov#', runs, error);
    });
  });

  it('does not count what a thread has used before', () => {
    const resumed = { ...values, r: threadStarted('t1', { resumed: true }) };
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('rud|', resumed).pipe(withinBudget(500))).toBe('rud|', resumed);
    });
  });

  it('counts what the CLI has told once a turn is over, without what was cached', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('tudvf|', values).pipe(withinBudget(700))).toBe(
        'tudv#',
        values,
        new BudgetError(1_626, 700),
      );
    });
  });
});
