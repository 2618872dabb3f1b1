import { emptySnapshot, reduceSnapshot, type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import { command, completed, message, started, textDelta, threadStarted, turnStarted } from '../support/events.js';

const reduced = (events: readonly ThreadEvent[], from: ThreadSnapshot = emptySnapshot): ThreadSnapshot =>
  events.reduce(reduceSnapshot, from);

describe('items in progress', () => {
  it('are found again, regardless of their number', () => {
    const ids = Array.from({ length: 30 }, (_, n) => `item_${String(n)}`);
    const open = reduced([threadStarted(), turnStarted('u1'), ...ids.map((id) => started(command(id), 'u1'))]);
    const ended = reduced(ids.map((id) => completed(command(id), 'u1')).reverse(), open);
    expect(ended.items).toHaveLength(30);
    expect([...ended.items.snapshots()].every(({ state }) => state === 'completed')).toBe(true);
    expect(ended.commands.toArray().map(({ id }) => id)).toEqual(ids);
  });

  it('keep their position when an unknown type becomes known', () => {
    const unknown = { type: 'unknown', id: 'item_0', item_type: 'new', raw: {} } as const;
    const snapshot = reduced([
      threadStarted(),
      turnStarted('u1'),
      started(unknown, 'u1'),
      started(command('item_0'), 'u1'),
      completed(command('item_0'), 'u1'),
    ]);
    expect(snapshot.items.toArray()).toEqual([command('item_0')]);
    expect(snapshot.commands).toHaveLength(1);
  });

  it('can fail', () => {
    const snapshot = reduced([
      threadStarted(),
      turnStarted('u1'),
      started(command('item_0'), 'u1'),
      { type: 'item.failed', item_id: 'item_0', error: { message: 'no' } },
      started(command('item_0'), 'u1'),
    ]);
    expect([...snapshot.items.snapshots()]).toMatchObject([{ state: 'failed', error: { message: 'no' } }]);
  });
});

describe('an item with deltas', () => {
  it('is the same object in all snapshots between its changes, in any order of reading', () => {
    const before = reduced([
      threadStarted(),
      turnStarted('u1'),
      textDelta('item_0', 'a', 'u1'),
      textDelta('item_0', 'b', 'u1'),
    ]);
    const after = reduceSnapshot(before, completed(command('item_1'), 'u1'));
    expect(after.items.at(0)).toBe(before.items.at(0));
    expect(before.messages.at(0)?.text).toBe('ab');
  });

  it('keeps its prototype when a delta has a field "__proto__"', () => {
    const delta = JSON.parse('{"text_delta":"a","__proto__":{"text":"b"}}') as object;
    const item = reduced([{ type: 'item.delta', item_id: 'item_0', item_type: 'agent_message', delta }]).items.at(0);
    expect(item).toEqual(message('item_0', 'a'));
    expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
  });
});
