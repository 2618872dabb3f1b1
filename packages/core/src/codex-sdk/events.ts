import type { OfficialThreadEvent, OfficialThreadItem, OfficialUsage } from '../events/official-types.js';

/** An item of a thread. */
export type ThreadItem = OfficialThreadItem;
/** An event of a turn. */
export type ThreadEvent = OfficialThreadEvent;
/** Token counts. */
export type Usage = OfficialUsage;

type Item<T extends ThreadItem['type']> = Extract<ThreadItem, { type: T }>;
type Event<T extends ThreadEvent['type']> = Extract<ThreadEvent, { type: T }>;

export type AgentMessageItem = Item<'agent_message'>;
export type ReasoningItem = Item<'reasoning'>;
export type CommandExecutionItem = Item<'command_execution'>;
export type FileChangeItem = Item<'file_change'>;
export type McpToolCallItem = Item<'mcp_tool_call'>;
export type WebSearchItem = Item<'web_search'>;
export type TodoListItem = Item<'todo_list'>;
export type ErrorItem = Item<'error'>;

export type ThreadStartedEvent = Event<'thread.started'>;
export type TurnStartedEvent = Event<'turn.started'>;
export type TurnCompletedEvent = Event<'turn.completed'>;
export type TurnFailedEvent = Event<'turn.failed'>;
export type ItemStartedEvent = Event<'item.started'>;
export type ItemUpdatedEvent = Event<'item.updated'>;
export type ItemCompletedEvent = Event<'item.completed'>;
export type ThreadErrorEvent = Event<'error'>;
/** Why a turn failed. */
export type ThreadError = TurnFailedEvent['error'];
