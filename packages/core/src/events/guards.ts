import type {
  ErrorEvent,
  ItemCompletedEvent,
  ItemDeltaEvent,
  ItemFailedEvent,
  ItemStartedEvent,
  ItemUpdatedEvent,
  MalformedEvent,
  ThreadEvent,
  ThreadStartedEvent,
  TurnCompletedEvent,
  TurnFailedEvent,
  TurnStartedEvent,
  UnknownEvent,
} from './events.js';
import type {
  AgentMessageItem,
  CollabToolCallItem,
  CommandExecutionItem,
  ContextCompactionItem,
  ErrorItem,
  FileChangeItem,
  ImageViewItem,
  McpToolCallItem,
  PlanItem,
  ReasoningItem,
  ThreadItem,
  TodoListItem,
  UnknownItem,
  UserMessageItem,
  WebSearchItem,
} from './items.js';

const eventGuard =
  <E extends ThreadEvent>(type: E['type']) =>
  (event: ThreadEvent): event is E =>
    event.type === type;

const itemGuard =
  <I extends ThreadItem>(type: I['type']) =>
  (item: ThreadItem): item is I =>
    item.type === type;

/** Whether the event is a `thread.started`. */
export const isThreadStarted = eventGuard<ThreadStartedEvent>('thread.started');
/** Whether the event is a `turn.started`. */
export const isTurnStarted = eventGuard<TurnStartedEvent>('turn.started');
/** Whether the event is a `turn.completed`. */
export const isTurnCompleted = eventGuard<TurnCompletedEvent>('turn.completed');
/** Whether the event is a `turn.failed`. */
export const isTurnFailed = eventGuard<TurnFailedEvent>('turn.failed');
/** Whether the event is an `item.started`. */
export const isItemStarted = eventGuard<ItemStartedEvent>('item.started');
/** Whether the event is an `item.updated`. */
export const isItemUpdated = eventGuard<ItemUpdatedEvent>('item.updated');
/** Whether the event is an `item.completed`. */
export const isItemCompleted = eventGuard<ItemCompletedEvent>('item.completed');
/** Whether the event is an `item.delta`. */
export const isItemDelta = eventGuard<ItemDeltaEvent>('item.delta');
/** Whether the event is an `item.failed`. */
export const isItemFailed = eventGuard<ItemFailedEvent>('item.failed');
/** Whether the event is an `error`. */
export const isErrorEvent = eventGuard<ErrorEvent>('error');
/** Whether the event is an `unknown`. */
export const isUnknownEvent = eventGuard<UnknownEvent>('unknown');
/** Whether the event is a `malformed`. */
export const isMalformed = eventGuard<MalformedEvent>('malformed');

/** Whether the item is an `agent_message`. */
export const isAgentMessage = itemGuard<AgentMessageItem>('agent_message');
/** Whether the item is a `reasoning`. */
export const isReasoning = itemGuard<ReasoningItem>('reasoning');
/** Whether the item is a `command_execution`. */
export const isCommandExecution = itemGuard<CommandExecutionItem>('command_execution');
/** Whether the item is a `file_change`. */
export const isFileChange = itemGuard<FileChangeItem>('file_change');
/** Whether the item is a `mcp_tool_call`. */
export const isMcpToolCall = itemGuard<McpToolCallItem>('mcp_tool_call');
/** Whether the item is a `collab_tool_call`. */
export const isCollabToolCall = itemGuard<CollabToolCallItem>('collab_tool_call');
/** Whether the item is a `web_search`. */
export const isWebSearch = itemGuard<WebSearchItem>('web_search');
/** Whether the item is a `todo_list`. */
export const isTodoList = itemGuard<TodoListItem>('todo_list');
/** Whether the item is an `error`. */
export const isErrorItem = itemGuard<ErrorItem>('error');
/** Whether the item is an `user_message`. */
export const isUserMessage = itemGuard<UserMessageItem>('user_message');
/** Whether the item is a `plan`. */
export const isPlan = itemGuard<PlanItem>('plan');
/** Whether the item is a `context_compaction`. */
export const isContextCompaction = itemGuard<ContextCompactionItem>('context_compaction');
/** Whether the item is an `image_view`. */
export const isImageView = itemGuard<ImageViewItem>('image_view');
/** Whether the item is an `unknown`. */
export const isUnknownItem = itemGuard<UnknownItem>('unknown');

/** An event that carries a whole item. */
export type ItemEvent = ItemStartedEvent | ItemUpdatedEvent | ItemCompletedEvent;

/** Whether the event carries a whole item. */
export function isItemEvent(event: ThreadEvent): event is ItemEvent {
  return isItemStarted(event) || isItemUpdated(event) || isItemCompleted(event);
}
