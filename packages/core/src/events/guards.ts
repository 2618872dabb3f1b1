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

export const isThreadStarted = eventGuard<ThreadStartedEvent>('thread.started');
export const isTurnStarted = eventGuard<TurnStartedEvent>('turn.started');
export const isTurnCompleted = eventGuard<TurnCompletedEvent>('turn.completed');
export const isTurnFailed = eventGuard<TurnFailedEvent>('turn.failed');
export const isItemStarted = eventGuard<ItemStartedEvent>('item.started');
export const isItemUpdated = eventGuard<ItemUpdatedEvent>('item.updated');
export const isItemCompleted = eventGuard<ItemCompletedEvent>('item.completed');
export const isItemDelta = eventGuard<ItemDeltaEvent>('item.delta');
export const isItemFailed = eventGuard<ItemFailedEvent>('item.failed');
export const isErrorEvent = eventGuard<ErrorEvent>('error');
export const isUnknownEvent = eventGuard<UnknownEvent>('unknown');
export const isMalformed = eventGuard<MalformedEvent>('malformed');

export const isAgentMessage = itemGuard<AgentMessageItem>('agent_message');
export const isReasoning = itemGuard<ReasoningItem>('reasoning');
export const isCommandExecution = itemGuard<CommandExecutionItem>('command_execution');
export const isFileChange = itemGuard<FileChangeItem>('file_change');
export const isMcpToolCall = itemGuard<McpToolCallItem>('mcp_tool_call');
export const isCollabToolCall = itemGuard<CollabToolCallItem>('collab_tool_call');
export const isWebSearch = itemGuard<WebSearchItem>('web_search');
export const isTodoList = itemGuard<TodoListItem>('todo_list');
export const isErrorItem = itemGuard<ErrorItem>('error');
export const isUserMessage = itemGuard<UserMessageItem>('user_message');
export const isPlan = itemGuard<PlanItem>('plan');
export const isContextCompaction = itemGuard<ContextCompactionItem>('context_compaction');
export const isImageView = itemGuard<ImageViewItem>('image_view');
export const isUnknownItem = itemGuard<UnknownItem>('unknown');

/** An event that carries a whole item. */
export type ItemEvent = ItemStartedEvent | ItemUpdatedEvent | ItemCompletedEvent;

export function isItemEvent(event: ThreadEvent): event is ItemEvent {
  return isItemStarted(event) || isItemUpdated(event) || isItemCompleted(event);
}
