import { todos } from '../../src/operators/todos.js';
import { completed, message, started, todoList, updated } from '../support/events.js';
import { behavesAsAnOperator, marbles } from '../support/operator-checklist.js';

const values = {
  s: started(todoList('item_0', false, false)),
  u: updated(todoList('item_0', true, false)),
  c: completed(todoList('item_0', true, false)),
  m: completed(message('item_1')),
};
const steps = { s: todoList('item_0', false, false).items, u: todoList('item_0', true, false).items };

describe('todos', () => {
  behavesAsAnOperator({ operator: () => todos(), sample: [values.s, values.u] });

  it('emits the list when it is made and when it changes, not when its completion repeats it', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('s-m-u-u-c|', values);
      expectObservable(source$.pipe(todos())).toBe('s---u----|', steps);
      expectSubscriptions(source$.subscriptions).toBe('^--------!');
    });
  });

  it('emits a completion that has changed the list', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('s-c|', values).pipe(todos())).toBe('s-u|', steps);
    });
  });

  it('compares the plans of each thread with themselves', () => {
    const told = (done: boolean, thread_id: string) => completed(todoList('item_0', done), undefined, thread_id);
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('abab|', { a: told(false, 't1'), b: told(true, 't2') });
      expectObservable(source$.pipe(todos())).toBe('ab--|', {
        a: todoList('item_0', false).items,
        b: todoList('item_0', true).items,
      });
    });
  });

  it('compares a completion with the plan of its own thread, if that one has a plan', () => {
    const told = (make: typeof updated, done: boolean, thread_id: string) =>
      make(todoList('item_0', done), undefined, thread_id);
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('abcc|', {
        a: told(updated, false, 't1'),
        b: told(updated, true, 't2'),
        c: told(completed, true, 't1'),
      });
      const { items } = todoList('item_0', true);
      expectObservable(source$.pipe(todos())).toBe('abc-|', { a: todoList('item_0', false).items, b: items, c: items });
    });
  });

  it('emits the plan of another thread although it looks the same', () => {
    const told = (thread_id: string, make = updated) => make(todoList('item_0', false), undefined, thread_id);
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('abcd|', {
        a: told('t1'),
        b: told('t2'),
        c: told('t1', completed),
        d: told('t2', completed),
      });
      const { items } = todoList('item_0', false);
      expectObservable(source$.pipe(todos())).toBe('ab--|', { a: items, b: items });
      const done$ = cold('ab|', { a: told('t1', completed), b: told('t2', completed) });
      expectObservable(done$.pipe(todos())).toBe('ab|', { a: items, b: items });
    });
  });

  it('emits nothing for a plan that is completed under the name of another thread', () => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('ab|', {
        a: started(todoList('item_0', false), undefined, 't1'),
        b: completed(todoList('item_0', false), undefined, 't2'),
      });
      expectObservable(source$.pipe(todos())).toBe('a-|', { a: todoList('item_0', false).items });
    });
  });

  it.each([
    ['a text', { text: 'other', completed: false }],
    ['a status', { text: 'step 0', completed: false, status: 'in_progress' }],
  ])('takes another %s for a change', (_, step) => {
    const before = todoList('item_0', false);
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('ab|', { a: updated(before), b: updated({ ...before, items: [step] }) });
      expectObservable(source$.pipe(todos())).toBe('ab|', { a: before.items, b: [step] });
    });
  });
});
