import { emptySnapshot, reduceSnapshot, type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import {
  command,
  completed,
  message,
  spawn,
  started,
  threadStarted,
  todoList,
  turnCompleted,
  turnFailed,
  turnStarted,
  usageOf,
} from '../support/events.js';

const after = (...events: readonly ThreadEvent[]): ThreadSnapshot => events.reduce(reduceSnapshot, emptySnapshot);

describe('reduceSnapshot: threads', () => {
  it('lets another thread complete the plan of the main one where the start of the turn named no thread', () => {
    const plan = after(
      turnStarted('u1'),
      completed(message('item_0'), 'u1', 't1'),
      completed(message('item_2'), undefined, 't2'),
      started(todoList('item_1', false)),
    );
    expect(plan.todos).toBe(plan.items.byId('item_1'));
    const done = reduceSnapshot(plan, completed(todoList('item_1', true), undefined, 't2'));
    expect(done.todos).toEqual(todoList('item_1', true));
    expect(done.todos).toBe(done.items.byId('item_1'));
  });

  it('does not take the plan of another thread for that of the main one', () => {
    const snapshot = after(
      threadStarted('t1'),
      turnStarted('u1', 't1'),
      started(todoList('item_0', false), undefined, 't2'),
      completed(todoList('item_0', true), undefined, 't2'),
    );
    expect(snapshot.todos).toBeUndefined();
  });

  it('keeps a sub-agent that starts in the middle of a turn apart from the main thread', () => {
    const snapshot = after(
      threadStarted('t1'),
      turnStarted('u1', 't1'),
      started(spawn('item_2'), 'u1', 't1'),
      threadStarted('t2'),
      turnStarted('u2', 't2'),
      completed(message('item_0', 'sub'), 'u2', 't2'),
      completed(todoList('item_0', true), 'u1', 't1'),
      completed(todoList('item_1', false, false), 'u2', 't2'),
      turnFailed('sub failed', 'u2', 't2'),
    );
    expect(snapshot).toMatchObject({ threadId: 't1', status: 'in_progress', error: undefined });
    expect(snapshot.todos).toEqual(todoList('item_0', true));
    expect(snapshot.items.byId('item_0', { threadId: 't2' })).toMatchObject({ text: 'sub' });
    expect(snapshot.turns.toArray().map(({ threadId, status }) => [threadId, status])).toEqual([
      ['t1', 'in_progress'],
      ['t2', 'failed'],
    ]);
    expect(reduceSnapshot(snapshot, turnCompleted(usageOf(4), 'u1', 't1'))).toMatchObject({
      status: 'completed',
      usage: { total: usageOf(4) },
    });
  });

  it('keeps each of several sub-agents apart that start at the same time', () => {
    const snapshot = after(
      threadStarted('t1'),
      turnStarted('u1', 't1'),
      started(spawn('item_0'), 'u1', 't1'),
      threadStarted('t2'),
      turnStarted('u2', 't2'),
      started(command('item_0'), 'u2', 't2'),
      threadStarted('t3'),
      turnStarted('u3', 't3'),
    );
    expect(snapshot).toMatchObject({ threadId: 't1', status: 'in_progress' });
  });

  it('goes over to a thread that starts after the first one was killed in the middle of its turn', () => {
    const killed = after(
      threadStarted('t1'),
      turnStarted('u1', 't1'),
      completed(spawn('item_0'), 'u1', 't1'),
      started(command('item_1'), 'u1', 't1'),
      threadStarted('t2'),
    );
    expect(killed).toMatchObject({ threadId: 't2', status: 'pending' });
    expect(killed.turns.toArray()).toMatchObject([{ threadId: 't1', status: 'interrupted' }]);
    const events = [
      turnStarted('u2', 't2'),
      completed(message('item_0'), 'u2', 't2'),
      turnCompleted(usageOf(3), 'u2', 't2'),
    ];
    const over = events.reduce(reduceSnapshot, killed);
    expect(over).toMatchObject({ threadId: 't2', status: 'completed', usage: { total: usageOf(3) } });
    expect(over.turns.toArray().map(({ status }) => status)).toEqual(['interrupted', 'completed']);
  });

  it('knows the turn of a thread again that goes on after another thread has started', () => {
    const merged = after(
      threadStarted('t1'),
      turnStarted('u1', 't1'),
      started(command('item_0'), 'u1', 't1'),
      threadStarted('t2'),
      turnStarted('u2', 't2'),
      completed(command('item_0'), 'u1', 't1'),
      turnCompleted(usageOf(3), 'u1', 't1'),
    );
    expect(merged).toMatchObject({ threadId: 't2', status: 'in_progress' });
    expect(merged.turns.toArray().map(({ status }) => status)).toEqual(['completed', 'in_progress']);
    expect([...merged.items.snapshots()]).toMatchObject([{ state: 'completed', turnId: 'u1' }]);
  });

  it('goes over to a second thread that starts after the first one', () => {
    const snapshot = after(
      threadStarted('t1'),
      turnStarted('u1'),
      completed(todoList('i', true)),
      turnCompleted(usageOf(9), 'u1'),
      threadStarted('t2'),
    );
    expect(snapshot).toMatchObject({
      threadId: 't2',
      status: 'pending',
      todos: undefined,
      usage: { total: undefined },
    });
    expect(reduceSnapshot(reduceSnapshot(snapshot, turnStarted('u2')), turnCompleted(usageOf(2), 'u2')).usage).toEqual({
      total: usageOf(2),
      turn: usageOf(2),
    });
  });

  it('does not mind events of a thread before its start', () => {
    const snapshot = after(completed(message('item_0'), 'u1', 't1'), threadStarted('t1'), turnStarted('u1', 't1'));
    expect(snapshot.threadId).toBe('t1');
    expect(snapshot.items).toHaveLength(1);
  });
});

describe('reduceSnapshot: a joined stream', () => {
  const joined = after(
    threadStarted('t1'),
    turnStarted('synthetic-turn-1'),
    started(command('item_0'), 'synthetic-turn-1'),
    threadStarted('t1', { resumed: true, attempt: 1 }),
    turnStarted('synthetic-turn-1'),
    completed(message('item_0', 'after the crash'), 'synthetic-turn-1'),
    turnCompleted(usageOf(8), 'synthetic-turn-1'),
  );

  it('has the attempt on the thread, its turn and its items', () => {
    expect(joined.attempt).toBe(1);
    expect(joined.turns.toArray().map(({ attempt, status }) => [attempt, status])).toEqual([
      [0, 'interrupted'],
      [1, 'completed'],
    ]);
    expect([...joined.items.snapshots()].map(({ attempt, run }) => [attempt, run])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('keeps the items of the attempts apart', () => {
    expect(joined.items.toArray()).toEqual([command('item_0'), message('item_0', 'after the crash')]);
    expect(joined.items.byId('item_0', { run: 0 })).toEqual(command('item_0'));
  });

  it('does not guess what the turn after the crash has used', () => {
    expect(joined.usage).toEqual({ total: usageOf(8), turn: undefined });
  });
});
