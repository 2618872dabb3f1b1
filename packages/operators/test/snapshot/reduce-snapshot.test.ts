import { emptySnapshot, reduceSnapshot, type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import {
  command,
  completed,
  message,
  notice,
  started,
  threadStarted,
  turnCompleted,
  turnStarted,
  usageOf,
} from '../support/events.js';

const after = (...events: readonly ThreadEvent[]): ThreadSnapshot => events.reduce(reduceSnapshot, emptySnapshot);
const states = (snapshot: ThreadSnapshot) => [...snapshot.items.snapshots()].map(({ item, state }) => [item.id, state]);
const turnsOf = (snapshot: ThreadSnapshot) => snapshot.turns.toArray().map(({ turnId, status }) => [turnId, status]);

describe('reduceSnapshot', () => {
  it('has an empty snapshot before the first event', () => {
    expect(JSON.parse(JSON.stringify(emptySnapshot))).toEqual({
      attempt: 0,
      status: 'pending',
      turns: [],
      items: [],
      files: [],
      commands: [],
      messages: [],
      notices: [],
      usage: {},
    });
  });

  it('follows a run from start to end', () => {
    const snapshot = after(
      threadStarted(),
      turnStarted('u1'),
      started(command('item_0'), 'u1'),
      completed(command('item_0', { status: 'completed', exit_code: 0 }), 'u1'),
      completed(message('item_1', 'Done.'), 'u1'),
      turnCompleted(usageOf(10), 'u1'),
    );
    expect(snapshot.threadId).toBe('t1');
    expect(snapshot.status).toBe('completed');
    expect(snapshot.items.toArray()).toEqual([
      command('item_0', { status: 'completed', exit_code: 0 }),
      message('item_1', 'Done.'),
    ]);
    expect(snapshot.commands.toArray()).toEqual([snapshot.items.at(0)]);
    expect(snapshot.messages.toArray()).toEqual([snapshot.items.at(1)]);
    expect(snapshot.usage).toEqual({ total: usageOf(10), turn: usageOf(10) });
    expect(snapshot.turns.toArray()).toMatchObject([{ turnId: 'u1', status: 'completed', usage: usageOf(10) }]);
    expect(snapshot.turns.at(0)?.items.toArray()).toEqual(snapshot.items.toArray());
  });

  it('returns the same snapshot for events without thread and turn ids', () => {
    const snapshot = after(turnStarted(), completed(message('item_0')), turnCompleted(usageOf(3)));
    expect(turnsOf(snapshot)).toEqual([[undefined, 'completed']]);
    expect(snapshot.turns.at(0)?.items).toHaveLength(1);
    expect(snapshot.usage.total).toEqual(usageOf(3));
  });

  it('collects notices, which change nothing else', () => {
    const snapshot = after(threadStarted(), turnStarted('u1'), notice('Reconnecting... 1/5'));
    expect(snapshot.notices.toArray()).toEqual([{ source: 'event', message: 'Reconnecting... 1/5' }]);
    expect(snapshot.status).toBe('in_progress');
  });

  it('returns the same snapshot for an event that changes nothing', () => {
    const snapshot = after(threadStarted());
    expect(reduceSnapshot(snapshot, { type: 'unknown', event_type: 'x', raw: {} })).toBe(snapshot);
    expect(reduceSnapshot(snapshot, { type: 'malformed', line: 'x', line_number: 1, error: 'no' })).toBe(snapshot);
  });

  it('rejects a snapshot that it did not create', () => {
    expect(() =>
      reduceSnapshot({ ...JSON.parse(JSON.stringify(emptySnapshot)) } as ThreadSnapshot, threadStarted()),
    ).toThrow(TypeError);
  });
});

describe('reduceSnapshot: identity', () => {
  it('takes the same id in the next turn for another item', () => {
    const snapshot = after(
      threadStarted(),
      turnStarted('u1'),
      completed(message('item_0', 'one'), 'u1'),
      turnCompleted(undefined, 'u1'),
      turnStarted('u2'),
      started(message('item_0', 'two'), 'u2'),
    );
    expect(snapshot.messages.toArray().map(({ text }) => text)).toEqual(['one', 'two']);
    expect(snapshot.items.byId('item_0')).toMatchObject({ text: 'two' });
    expect(snapshot.items.byId('item_0', { turnId: 'u1' })).toMatchObject({ text: 'one' });
  });

  it('takes the same id in the next process for another item, in the same turn id, too', () => {
    const run = [threadStarted(), turnStarted('synthetic-turn-1'), completed(message('item_0'), 'synthetic-turn-1')];
    const snapshot = after(...run, ...run);
    expect(snapshot.items).toHaveLength(2);
    expect([...snapshot.items.snapshots()].map(({ run: number, index }) => [number, index])).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(turnsOf(snapshot)).toEqual([
      ['synthetic-turn-1', 'interrupted'],
      ['synthetic-turn-1', 'in_progress'],
    ]);
  });

  it('gives a late event to the turn that it names, also when a later turn has an item of that id', () => {
    const snapshot = after(
      turnStarted('u1'),
      started(command('item_0'), 'u1'),
      turnCompleted(undefined, 'u1'),
      turnStarted('u2'),
      started(command('item_0', { command: 'other' }), 'u2'),
      completed(command('item_0', { status: 'completed' }), 'u1'),
    );
    expect(snapshot.commands.toArray()).toMatchObject([
      { status: 'completed' },
      { command: 'other', status: 'in_progress' },
    ]);
  });

  it('completes an item that was started before its turn', () => {
    const snapshot = after(
      threadStarted(),
      started(command('item_0')),
      turnStarted('u1'),
      completed(command('item_0', { status: 'completed' }), 'u1'),
    );
    expect(states(snapshot)).toEqual([['item_0', 'completed']]);
  });

  it('keeps a warning that comes before the turn outside of it', () => {
    const warning = completed({ id: 'item_0', type: 'error', message: 'Model metadata not found' });
    const snapshot = after(threadStarted(), warning, turnStarted('u1'), completed(message('item_1'), 'u1'));
    expect(snapshot.notices.toArray()).toEqual([
      { source: 'item', message: 'Model metadata not found', itemId: 'item_0', threadId: 't1' },
    ]);
    expect(snapshot.items.snapshotAt(0)?.turnId).toBeUndefined();
    expect(snapshot.turns.at(0)?.items).toHaveLength(1);
  });

  it('gives an item that comes after its turn to no turn, if it names none', () => {
    const snapshot = after(turnStarted('u1'), turnCompleted(undefined, 'u1'), completed(message('item_9')));
    expect(snapshot.turns.at(0)?.items).toHaveLength(0);
    expect(snapshot.items).toHaveLength(1);
  });

  it('completes an item after its turn, if the event names none', () => {
    const snapshot = after(
      turnStarted('u1'),
      started(command('item_0'), 'u1'),
      turnCompleted(undefined, 'u1'),
      completed(command('item_0', { status: 'completed' })),
    );
    expect(states(snapshot)).toEqual([['item_0', 'completed']]);
  });
});
