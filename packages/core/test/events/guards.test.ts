import type { ErrorEvent, ItemEvent, McpToolCallItem, ThreadEvent, TurnCompletedEvent } from '@codex-rx/core/events';
import * as events from '@codex-rx/core/events';
import { expectTypeOf } from 'expect-type';
import { sampleEvents, sampleItems } from './samples.js';

const eventGuards: Readonly<Record<ThreadEvent['type'], (event: ThreadEvent) => boolean>> = {
  'thread.started': events.isThreadStarted,
  'turn.started': events.isTurnStarted,
  'turn.completed': events.isTurnCompleted,
  'turn.failed': events.isTurnFailed,
  'item.started': events.isItemStarted,
  'item.updated': events.isItemUpdated,
  'item.completed': events.isItemCompleted,
  'item.delta': events.isItemDelta,
  'item.failed': events.isItemFailed,
  error: events.isErrorEvent,
  unknown: events.isUnknownEvent,
  malformed: events.isMalformed,
};

const itemGuards: Readonly<Record<events.ThreadItem['type'], (item: events.ThreadItem) => boolean>> = {
  agent_message: events.isAgentMessage,
  reasoning: events.isReasoning,
  command_execution: events.isCommandExecution,
  file_change: events.isFileChange,
  mcp_tool_call: events.isMcpToolCall,
  collab_tool_call: events.isCollabToolCall,
  web_search: events.isWebSearch,
  todo_list: events.isTodoList,
  error: events.isErrorItem,
  user_message: events.isUserMessage,
  plan: events.isPlan,
  context_compaction: events.isContextCompaction,
  image_view: events.isImageView,
  unknown: events.isUnknownItem,
};

describe('guards', () => {
  it.each(Object.entries(eventGuards))('there is one that accepts %s and no other event', (type, guard) => {
    expect(new Set(sampleEvents.filter(guard).map((event) => event.type))).toEqual(new Set([type]));
  });

  it.each(Object.entries(itemGuards))('there is one that accepts the item %s and no other', (type, guard) => {
    expect(sampleItems.filter(guard).map((item) => item.type)).toEqual([type]);
  });

  it('narrow the type', () => {
    const event: ThreadEvent = JSON.parse('{"type":"turn.started"}') as ThreadEvent;
    if (events.isTurnCompleted(event)) expectTypeOf(event).toEqualTypeOf<TurnCompletedEvent>();
    if (events.isErrorEvent(event)) expectTypeOf(event).toEqualTypeOf<ErrorEvent>();
    if (events.isItemEvent(event)) expectTypeOf(event).toEqualTypeOf<ItemEvent>();
    if (events.isItemEvent(event) && events.isMcpToolCall(event.item)) {
      expectTypeOf(event.item).toEqualTypeOf<McpToolCallItem>();
    }

    expect(sampleEvents.filter(events.isItemEvent).every((itemEvent) => 'item' in itemEvent)).toBe(true);
  });
});

describe('accessors', () => {
  const turn: ThreadEvent = { type: 'turn.completed', thread_id: ' t-1 ', turn_id: 'u-1' };
  const item: events.ThreadItem = { id: 'item_1', type: 'reasoning', text: '' };
  const malformed: ThreadEvent = { type: 'malformed', line: '', line_number: 1, error: 'e', event_type: 'turn.failed' };
  const unknown: ThreadEvent = { type: 'unknown', event_type: 'x', raw: {} };

  it('give the ids as they stand there, or nothing', () => {
    expect([events.threadIdOf(turn), events.turnIdOf(turn)]).toEqual([' t-1 ', 'u-1']);
    expect([events.threadIdOf(unknown), events.turnIdOf(unknown)]).toEqual([undefined, undefined]);
  });

  it('give the item and its id, whatever kind of item event it is', () => {
    const failed: ThreadEvent = { type: 'item.failed', item_id: 'i-2', error: { message: 'm' } };
    const delta: ThreadEvent = { type: 'item.delta', item_id: 'i-3', item_type: 'reasoning', delta: {} };

    expect(events.itemOf({ type: 'item.updated', item })).toBe(item);
    expect([turn, failed, delta].map(events.itemOf)).toEqual([undefined, undefined, undefined]);
    expect([{ type: 'item.started' as const, item }, failed, delta, turn].map(events.itemIdOf)).toEqual([
      'item_1',
      'i-2',
      'i-3',
      undefined,
    ]);
  });

  it('give the type on the wire, also of what was not understood', () => {
    const notJson: ThreadEvent = { type: 'malformed', line: '', line_number: 1, error: 'not JSON' };

    expect([turn, malformed, unknown, notJson].map(events.wireTypeOf)).toEqual([
      'turn.completed',
      'turn.failed',
      'x',
      undefined,
    ]);
  });

  it('tell how a turn ended by the type alone', () => {
    expect([turn, malformed, unknown].map(events.terminalTypeOf)).toEqual(['turn.completed', 'turn.failed', undefined]);
  });
});
