import type { OfficialThreadEvent, OfficialThreadItem, OfficialUsage } from '../events/official-types.js';

/** An item of a thread. */
export type ThreadItem = OfficialThreadItem;
/** An event of a turn. */
export type ThreadEvent = OfficialThreadEvent;
/** Token counts. */
export type Usage = OfficialUsage;

type Item<T extends ThreadItem['type']> = Extract<ThreadItem, { type: T }>;
type Event<T extends ThreadEvent['type']> = Extract<ThreadEvent, { type: T }>;

/** A message of the agent. */
export type AgentMessageItem = Item<'agent_message'>;
/** A summary of the model's reasoning. */
export type ReasoningItem = Item<'reasoning'>;
/** A shell command of the agent. */
export type CommandExecutionItem = Item<'command_execution'>;
/** A patch of the agent. */
export type FileChangeItem = Item<'file_change'>;
/** A call of a tool of an MCP server. */
export type McpToolCallItem = Item<'mcp_tool_call'>;
/** A web search of the agent. */
export type WebSearchItem = Item<'web_search'>;
/** The agent's to-do list. */
export type TodoListItem = Item<'todo_list'>;
/** A warning of the CLI. */
export type ErrorItem = Item<'error'>;

/** The thread has started. */
export type ThreadStartedEvent = Event<'thread.started'>;
/** The turn has started. */
export type TurnStartedEvent = Event<'turn.started'>;
/** The turn has completed. */
export type TurnCompletedEvent = Event<'turn.completed'>;
/** The turn has failed. */
export type TurnFailedEvent = Event<'turn.failed'>;
/** An item has started. */
export type ItemStartedEvent = Event<'item.started'>;
/** An item has changed. */
export type ItemUpdatedEvent = Event<'item.updated'>;
/** An item is complete. */
export type ItemCompletedEvent = Event<'item.completed'>;
/** A notice of the CLI, such as a retry. */
export type ThreadErrorEvent = Event<'error'>;
/** Why a turn failed. */
export type ThreadError = TurnFailedEvent['error'];
