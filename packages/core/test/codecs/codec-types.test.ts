import { eventCodecs, itemCodecs, usageCodec } from '@codex-rx/core/codecs';
import type {
  AgentMessageItem,
  CollabToolCallItem,
  CommandExecutionItem,
  ContextCompactionItem,
  ErrorEvent,
  ErrorItem,
  FileChangeItem,
  ImageViewItem,
  ItemCompletedEvent,
  ItemDeltaEvent,
  ItemFailedEvent,
  ItemStartedEvent,
  ItemUpdatedEvent,
  MalformedEvent,
  McpToolCallItem,
  PlanItem,
  ReasoningItem,
  ThreadEvent,
  ThreadItem,
  ThreadStartedEvent,
  TodoListItem,
  TurnCompletedEvent,
  TurnDiffEvent,
  TurnFailedEvent,
  TurnStartedEvent,
  UnknownEvent,
  UnknownItem,
  Usage,
  UsageUpdatedEvent,
  UserMessageItem,
  WebSearchItem,
} from '@codex-rx/core/events';
import { expectTypeOf } from 'expect-type';
import type { TypeOf } from 'io-ts';

type Item<K extends keyof typeof itemCodecs> = TypeOf<(typeof itemCodecs)[K]>;
type Event<K extends keyof typeof eventCodecs> = TypeOf<(typeof eventCodecs)[K]>;

describe('the codecs', () => {
  it('describe exactly the interfaces of the items', () => {
    expectTypeOf<Item<'agent_message'>>().toEqualTypeOf<AgentMessageItem>();
    expectTypeOf<Item<'reasoning'>>().toEqualTypeOf<ReasoningItem>();
    expectTypeOf<Item<'command_execution'>>().toEqualTypeOf<CommandExecutionItem>();
    expectTypeOf<Item<'file_change'>>().toEqualTypeOf<FileChangeItem>();
    expectTypeOf<Item<'mcp_tool_call'>>().toEqualTypeOf<McpToolCallItem>();
    expectTypeOf<Item<'collab_tool_call'>>().toEqualTypeOf<CollabToolCallItem>();
    expectTypeOf<Item<'web_search'>>().toEqualTypeOf<WebSearchItem>();
    expectTypeOf<Item<'todo_list'>>().toEqualTypeOf<TodoListItem>();
    expectTypeOf<Item<'error'>>().toEqualTypeOf<ErrorItem>();
    expectTypeOf<Item<'user_message'>>().toEqualTypeOf<UserMessageItem>();
    expectTypeOf<Item<'plan'>>().toEqualTypeOf<PlanItem>();
    expectTypeOf<Item<'context_compaction'>>().toEqualTypeOf<ContextCompactionItem>();
    expectTypeOf<Item<'image_view'>>().toEqualTypeOf<ImageViewItem>();
    expectTypeOf<Item<'unknown'>>().toEqualTypeOf<UnknownItem>();
    expectTypeOf<keyof typeof itemCodecs>().toEqualTypeOf<ThreadItem['type']>();
  });

  it('describe exactly the interfaces of the events', () => {
    expectTypeOf<Event<'thread.started'>>().toEqualTypeOf<ThreadStartedEvent>();
    expectTypeOf<Event<'turn.started'>>().toEqualTypeOf<TurnStartedEvent>();
    expectTypeOf<Event<'turn.completed'>>().toEqualTypeOf<TurnCompletedEvent>();
    expectTypeOf<Event<'turn.failed'>>().toEqualTypeOf<TurnFailedEvent>();
    expectTypeOf<Event<'item.started'>>().toEqualTypeOf<ItemStartedEvent>();
    expectTypeOf<Event<'item.updated'>>().toEqualTypeOf<ItemUpdatedEvent>();
    expectTypeOf<Event<'item.completed'>>().toEqualTypeOf<ItemCompletedEvent>();
    expectTypeOf<Event<'item.delta'>>().toEqualTypeOf<ItemDeltaEvent>();
    expectTypeOf<Event<'item.failed'>>().toEqualTypeOf<ItemFailedEvent>();
    expectTypeOf<Event<'error'>>().toEqualTypeOf<ErrorEvent>();
    expectTypeOf<Event<'usage.updated'>>().toEqualTypeOf<UsageUpdatedEvent>();
    expectTypeOf<Event<'turn.diff'>>().toEqualTypeOf<TurnDiffEvent>();
    expectTypeOf<Event<'unknown'>>().toEqualTypeOf<UnknownEvent>();
    expectTypeOf<Event<'malformed'>>().toEqualTypeOf<MalformedEvent>();
    expectTypeOf<keyof typeof eventCodecs>().toEqualTypeOf<ThreadEvent['type']>();
    expectTypeOf<TypeOf<typeof usageCodec>>().toEqualTypeOf<Usage>();
  });
});
