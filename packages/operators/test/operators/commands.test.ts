import { commands } from '../../src/operators/commands.js';
import { command, completed, message, patch, started, turnCompleted } from '../support/events.js';
import { behavesAsAnOperator, marbles } from '../support/operator-checklist.js';

const done = command('item_1', { status: 'failed', exit_code: 1 });
const twoFiles = patch(
  'item_2',
  [
    ['add', '/a'],
    ['delete', '/b'],
  ],
  'failed',
);
const values = {
  m: completed(message('item_0')),
  s: started(command('item_1')),
  c: completed(done),
  p: completed(twoFiles, 'u1', 't1'),
  d: turnCompleted(),
};

describe('commands', () => {
  behavesAsAnOperator({ operator: () => commands(), sample: [values.c, values.c] });

  it('emits each command when it has ended, also badly', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('m-s-c-d|', values);
      expectObservable(source$.pipe(commands())).toBe('----c--|', { c: done });
      expectSubscriptions(source$.subscriptions).toBe('^------!');
    });
  });
});
