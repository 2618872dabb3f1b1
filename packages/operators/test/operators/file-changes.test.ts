import { fileChanges } from '../../src/operators/file-changes.js';
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

describe('fileChanges', () => {
  behavesAsAnOperator({ operator: () => fileChanges(), sample: [values.p], emissions: 2 });

  it('emits each file of a patch when the patch is final', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('s-----p-----|', { s: started(twoFiles), p: values.p });
      const where = { status: 'failed', itemId: 'item_2', threadId: 't1', turnId: 'u1' };
      expectObservable(source$.pipe(fileChanges())).toBe('------(ab)--|', {
        a: { kind: 'add', path: '/a', ...where },
        b: { kind: 'delete', path: '/b', ...where },
      });
      expectSubscriptions(source$.subscriptions).toBe('^-----------!');
    });
  });

  it('leaves ids out that are not known', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('p|', { p: completed(patch('x', [['add', '/a']])) }).pipe(fileChanges())).toBe('a|', {
        a: { kind: 'add', path: '/a', status: 'completed', itemId: 'x' },
      });
    });
  });
});
