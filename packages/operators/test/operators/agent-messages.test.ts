import { agentMessages } from '../../src/operators/agent-messages.js';
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

describe('agentMessages', () => {
  behavesAsAnOperator({ operator: () => agentMessages(), sample: [values.m, values.m] });

  it('emits each message when it is complete', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('s-m-c-p-d|', values);
      expectObservable(source$.pipe(agentMessages())).toBe('--m------|', { m: message('item_0') });
      expectSubscriptions(source$.subscriptions).toBe('^--------!');
    });
  });

  it('emits nothing for a message that has only started', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('s|', { s: started(message('item_0')) }).pipe(agentMessages())).toBe('-|');
    });
  });
});
