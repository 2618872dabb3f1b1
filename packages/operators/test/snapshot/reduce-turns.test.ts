import { emptySnapshot, reduceSnapshot, type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import {
  command,
  completed,
  message,
  started,
  threadStarted,
  turnCompleted,
  turnFailed,
  turnStarted,
  usageOf,
} from '../support/events.js';

const after = (...events: readonly ThreadEvent[]): ThreadSnapshot => events.reduce(reduceSnapshot, emptySnapshot);
const states = (snapshot: ThreadSnapshot) => [...snapshot.items.snapshots()].map(({ item, state }) => [item.id, state]);
const turnsOf = (snapshot: ThreadSnapshot) => snapshot.turns.toArray().map(({ turnId, status }) => [turnId, status]);

describe('reduceSnapshot: turns', () => {
  it('makes a turn of the first item that names it', () => {
    const snapshot = after(completed(message('item_0'), 'u9'));
    expect(turnsOf(snapshot)).toEqual([['u9', 'in_progress']]);
    expect(snapshot.status).toBe('in_progress');
  });

  it('makes a turn of an end without a start', () => {
    expect(turnsOf(after(turnCompleted(undefined, 'u1'), turnFailed('no', 'u2')))).toEqual([
      ['u1', 'completed'],
      ['u2', 'failed'],
    ]);
    expect(turnsOf(after(turnCompleted(), turnCompleted()))).toEqual([
      [undefined, 'completed'],
      [undefined, 'completed'],
    ]);
  });

  it('keeps why a turn failed, until the next one', () => {
    const failed = after(turnStarted('u1'), turnFailed('quota', 'u1'));
    expect([failed.status, failed.error?.message, failed.turns.at(0)?.error?.message]).toEqual([
      'failed',
      'quota',
      'quota',
    ]);
    expect(reduceSnapshot(failed, turnStarted('u2'))).toMatchObject({ status: 'in_progress', error: undefined });
  });

  it('lets a start and an end that are told twice change nothing', () => {
    const running = after(threadStarted(), turnStarted('u1'));
    expect(reduceSnapshot(running, turnStarted('u1'))).toBe(running);
    const over = reduceSnapshot(running, turnCompleted(usageOf(1), 'u1'));
    expect(reduceSnapshot(over, turnCompleted(usageOf(1), 'u1'))).toBe(over);
    expect(reduceSnapshot(over, turnStarted('u1'))).toBe(over);
    const begun = after(threadStarted());
    expect(reduceSnapshot(begun, threadStarted())).toBe(begun);
  });

  it('takes a turn whose end was not told for interrupted when the next one starts or ends', () => {
    expect(turnsOf(after(turnStarted('u1'), turnStarted('u2')))).toEqual([
      ['u1', 'interrupted'],
      ['u2', 'in_progress'],
    ]);
    expect(turnsOf(after(turnStarted('u1'), completed(message('m'), 'u2'), turnCompleted(undefined, 'u2')))).toEqual([
      ['u1', 'interrupted'],
      ['u2', 'completed'],
    ]);
  });

  it('ends a turn that was taken for interrupted without the items that came after it', () => {
    const snapshot = after(
      turnStarted('u1'),
      completed(message('item_0'), 'u1'),
      turnStarted('u2'),
      completed(message('item_1'), 'u2'),
      turnCompleted(undefined, 'u1'),
    );
    expect(snapshot.turns.toArray().map(({ status, items }) => [status, items.length])).toEqual([
      ['completed', 1],
      ['in_progress', 1],
    ]);
  });

  it('folds the turns of sub-agents that leak into the stream in the turn that is open', () => {
    const snapshot = after(
      threadStarted(),
      turnStarted('synthetic-turn-1', 't1'),
      started(command('item_0'), 'synthetic-turn-1', 't1'),
      turnStarted('synthetic-turn-2', 't1'),
      completed(command('item_0', { status: 'completed' }), 'synthetic-turn-2', 't1'),
      completed(message('item_1', 'of the sub-agent'), 'synthetic-turn-2', 't1'),
      completed(message('item_2', 'the answer'), 'synthetic-turn-2', 't1'),
      turnCompleted(usageOf(5), 'synthetic-turn-2', 't1'),
    );
    expect(turnsOf(snapshot)).toEqual([['synthetic-turn-1', 'completed']]);
    expect(states(snapshot)).toEqual([
      ['item_0', 'completed'],
      ['item_1', 'completed'],
      ['item_2', 'completed'],
    ]);
    expect(snapshot.status).toBe('completed');
  });
});

describe('reduceSnapshot: the end of a turn with an unexpected body', () => {
  const malformed = (event_type: string, raw?: unknown): ThreadEvent => ({
    type: 'malformed',
    event_type,
    line: '',
    line_number: 3,
    error: 'usage: expected an object',
    ...(raw !== undefined && { raw }),
  });
  const open = after(threadStarted('t1'), turnStarted('u1', 't1'), completed(message('item_0'), 'u1', 't1'));

  it('is completed all the same: the type alone says so', () => {
    const snapshot = reduceSnapshot(open, malformed('turn.completed', { type: 'turn.completed', usage: 7 }));
    expect(snapshot).toMatchObject({ status: 'completed', error: undefined, usage: { total: undefined } });
    expect(snapshot.turns.at(0)).toMatchObject({ status: 'completed', usage: undefined });
    expect(reduceSnapshot(snapshot, turnCompleted(usageOf(4), 'u1', 't1'))).toBe(snapshot);
  });

  it.each([
    [{ type: 'turn.failed', error: 'no model' }, 'no model'],
    [{ type: 'turn.failed', error: { message: 'no model', code: 7 } }, 'no model'],
    [{ type: 'turn.failed', message: 'no model' }, 'no model'],
    [{ type: 'turn.failed', error: 7 }, 'The turn failed; why could not be read (usage: expected an object).'],
    [undefined, 'The turn failed; why could not be read (usage: expected an object).'],
  ])('is failed with what can be read of %j', (raw, message) => {
    const snapshot = reduceSnapshot(open, malformed('turn.failed', raw));
    expect(snapshot).toMatchObject({ status: 'failed', error: { message } });
    expect(snapshot.turns.at(0)).toMatchObject({ status: 'failed', error: { message } });
  });

  it('is open after any other line that is malformed', () => {
    expect(reduceSnapshot(open, malformed('item.completed'))).toBe(open);
  });
});
