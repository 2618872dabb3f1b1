import { reduceSnapshot } from '../../src/snapshot/reduce-snapshot.js';
import { emptySnapshot } from '../../src/snapshot/state.js';
import { completed, message, textDelta, threadStarted, turnStarted } from '../support/events.js';

const answer = (n: number) => completed(message(`item_${String(n)}`), 'u1');

describe('a snapshot that a consumer holds', () => {
  it('is unchanged after 100,000 more events', () => {
    let snapshot = [threadStarted(), turnStarted('u1')].reduce(reduceSnapshot, emptySnapshot);
    for (let n = 0; n < 100; n++) snapshot = reduceSnapshot(snapshot, answer(n));
    const held = snapshot;
    const before = JSON.stringify(held);
    for (let n = 50; n < 100_050; n++) snapshot = reduceSnapshot(snapshot, answer(n));
    expect(JSON.stringify(held)).toBe(before);
    expect(held.items.byId('item_100')).toBeUndefined();
    expect(held.items.byId('item_99')).toEqual(message('item_99'));
    expect(snapshot.items).toHaveLength(100_050);
    expect(snapshot.items.byId('item_100049')).toEqual(message('item_100049'));
  });

  it('has the text that a message had by then, also if nobody looked before it grew on', () => {
    let snapshot = [threadStarted(), turnStarted('u1')].reduce(reduceSnapshot, emptySnapshot);
    const held = Array.from({ length: 1_000 }, (_, n) => {
      snapshot = reduceSnapshot(snapshot, textDelta('item_0', `${String(n)} `, 'u1'));
      return snapshot;
    });
    expect(held[2]?.messages.at(0)?.text).toBe('0 1 2 ');
    expect(held[2]?.items.at(0)).toBe(held[2]?.messages.at(0));
    expect(held[999]?.messages.at(0)?.text).toHaveLength(3_890);
    expect(held[0]?.messages.at(0)).toEqual(message('item_0', '0 '));
  });

  it('shares with the next one what an event has not changed', () => {
    const before = [threadStarted(), turnStarted('u1'), answer(0)].reduce(reduceSnapshot, emptySnapshot);
    const after = reduceSnapshot(before, { type: 'error', message: 'again' });
    expect(after).not.toBe(before);
    const { notices, ...others } = before;
    expect(after.notices).toHaveLength(1);
    expect(notices).toHaveLength(0);
    for (const name of Object.keys(others) as (keyof typeof others)[]) expect(after[name]).toBe(before[name]);
    const next = reduceSnapshot(after, answer(1));
    for (const name of ['commands', 'files', 'notices', 'usage'] as const) expect(next[name]).toBe(after[name]);
    expect(next.items.at(0)).toBe(before.items.at(0));
  });
});
