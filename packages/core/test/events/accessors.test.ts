import {
  itemIdOf,
  itemOf,
  type ThreadEvent,
  type ThreadItem,
  terminalTypeOf,
  threadIdOf,
  turnIdOf,
  wireTypeOf,
} from '@codex-rx/core/events';

describe('accessors', () => {
  const turn: ThreadEvent = { type: 'turn.completed', thread_id: ' t-1 ', turn_id: 'u-1' };
  const item: ThreadItem = { id: 'item_1', type: 'reasoning', text: '' };
  const malformed: ThreadEvent = { type: 'malformed', line: '', line_number: 1, error: 'e', event_type: 'turn.failed' };
  const unknown: ThreadEvent = { type: 'unknown', event_type: 'x', raw: {} };

  it('return the ids unchanged, or undefined', () => {
    expect([threadIdOf(turn), turnIdOf(turn)]).toEqual([' t-1 ', 'u-1']);
    expect([threadIdOf(unknown), turnIdOf(unknown)]).toEqual([undefined, undefined]);
  });

  it('return the item and its id for each type of item event', () => {
    const failed: ThreadEvent = { type: 'item.failed', item_id: 'i-2', error: { message: 'm' } };
    const delta: ThreadEvent = { type: 'item.delta', item_id: 'i-3', item_type: 'reasoning', delta: {} };

    expect(itemOf({ type: 'item.updated', item })).toBe(item);
    expect([turn, failed, delta].map(itemOf)).toEqual([undefined, undefined, undefined]);
    expect([{ type: 'item.started' as const, item }, failed, delta, turn].map(itemIdOf)).toEqual([
      'item_1',
      'i-2',
      'i-3',
      undefined,
    ]);
  });

  it('return the type on the wire, also of unknown and malformed events', () => {
    const notJson: ThreadEvent = { type: 'malformed', line: '', line_number: 1, error: 'not JSON' };

    expect([turn, malformed, unknown, notJson].map(wireTypeOf)).toEqual([
      'turn.completed',
      'turn.failed',
      'x',
      undefined,
    ]);
  });

  it('return how a turn ended, by the type alone', () => {
    expect([turn, malformed, unknown].map(terminalTypeOf)).toEqual(['turn.completed', 'turn.failed', undefined]);
  });
});
