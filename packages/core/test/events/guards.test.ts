import { type ItemEvent, isItemEvent, type ThreadEvent } from '@codex-rx/core/events';
import { expectTypeOf } from 'expect-type';
import { sampleEvents } from './samples.js';

describe('isItemEvent', () => {
  it('accepts the events that contain a whole item and no others', () => {
    const types = new Set(sampleEvents.filter(isItemEvent).map(({ type }) => type));

    expect(types).toEqual(new Set(['item.started', 'item.updated', 'item.completed']));
    expect(sampleEvents.filter(isItemEvent).every((event) => 'item' in event)).toBe(true);
  });

  it('narrows the type of the event', () => {
    const event = JSON.parse('{"type":"turn.started"}') as ThreadEvent;
    if (isItemEvent(event)) expectTypeOf(event).toEqualTypeOf<ItemEvent>();
    if (!isItemEvent(event)) expectTypeOf<Extract<typeof event, ItemEvent>>().toBeNever();

    expect(isItemEvent(event)).toBe(false);
  });
});
