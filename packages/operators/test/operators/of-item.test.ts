import { ofItem } from '../../src/operators/of-item.js';
import { command, completed, message, started, textDelta, turnCompleted, updated } from '../support/events.js';
import { behavesAsAnOperator, marbles } from '../support/operator-checklist.js';

const values = {
  s: started(command('item_0')),
  u: updated(command('item_0')),
  c: completed(command('item_0')),
  m: completed(message('item_1')),
  x: textDelta('item_2', 'x'),
  d: turnCompleted(),
};

describe('ofItem', () => {
  behavesAsAnOperator({ operator: () => ofItem('command_execution'), sample: [values.s, values.c] });

  it('lets starts, updates and completions of these items through', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('s-u-c-m-x-d|', values);
      expectObservable(source$.pipe(ofItem('command_execution'))).toBe('s-u-c------|', values);
      expectSubscriptions(source$.subscriptions).toBe('^----------!');
    });
  });

  it('lets those of all items through without types', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('s-m-x-d|', values).pipe(ofItem())).toBe('s-m----|', values);
    });
  });
});
