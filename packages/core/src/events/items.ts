/** Text that is one of the known values today, and may be another one in a later CLI version. */
export type OpenString<Known extends string> = Known | (string & {});

export type CommandExecutionStatus = OpenString<'in_progress' | 'completed' | 'failed' | 'declined'>;
export type PatchChangeKind = OpenString<'add' | 'delete' | 'update'>;
export type PatchApplyStatus = OpenString<'in_progress' | 'completed' | 'failed' | 'declined'>;
export type McpToolCallStatus = OpenString<'in_progress' | 'completed' | 'failed'>;
export type CollabTool = OpenString<'spawn_agent' | 'send_input' | 'wait' | 'close_agent' | 'resume_agent'>;
export type CollabToolCallStatus = OpenString<'in_progress' | 'completed' | 'failed'>;
export type CollabAgentStatus = OpenString<
  'pending_init' | 'running' | 'interrupted' | 'completed' | 'errored' | 'shutdown' | 'not_found'
>;

interface ItemBase {
  /** `item_0`, `item_1`, …: counted per process, starting again at 0 when a thread is resumed. */
  readonly id: string;
}

/** A message of the agent. The final answer of a turn is its last one. */
export interface AgentMessageItem extends ItemBase {
  readonly type: 'agent_message';
  /** Text, or JSON as text when an output schema was given. */
  readonly text: string;
  /** App-server only: `commentary` or `final_answer`. */
  readonly phase?: string | null;
}

/** A summary of the agent's reasoning. */
export interface ReasoningItem extends ItemBase {
  readonly type: 'reasoning';
  readonly text: string;
}

/** A shell command of the agent. It may start and never complete although the turn completes. */
export interface CommandExecutionItem extends ItemBase {
  readonly type: 'command_execution';
  /** A quoted display line such as `/bin/bash -lc 'ls'`; not safe to run again. */
  readonly command: string;
  /** Standard output and error mixed; `''` while running. At most 1 MiB of text since CLI 0.98. */
  readonly aggregated_output: string;
  /** `null` or absent while running, or if the command was declined. */
  readonly exit_code?: number | null;
  readonly status: CommandExecutionStatus;
  /** App-server and rollouts only. */
  readonly cwd?: string;
  readonly duration_ms?: number | null;
}

export interface FileUpdateChange {
  /** Absolute path. A moved file shows its old path with kind `update`. */
  readonly path: string;
  readonly kind: PatchChangeKind;
  /** App-server and rollouts only: a unified diff, or the content of an added file. */
  readonly diff?: string;
  /** App-server and rollouts only: the new path of a moved file. */
  readonly move_path?: string | null;
}

/** A patch to files. `failed` does not mean that none of the files was written. */
export interface FileChangeItem extends ItemBase {
  readonly type: 'file_change';
  /** Sorted by path. */
  readonly changes: readonly FileUpdateChange[];
  readonly status: PatchApplyStatus;
}

export interface McpToolCallResult {
  /** MCP content blocks as the server sent them (`text`, `image`, `resource_link`, …). */
  readonly content: readonly unknown[];
  readonly structured_content?: unknown;
  readonly _meta?: unknown;
}

export interface McpToolCallError {
  readonly message: string;
}

/** A call to an MCP tool. A tool that answers with `isError` gives `failed` with a `result` and no `error`. */
export interface McpToolCallItem extends ItemBase {
  readonly type: 'mcp_tool_call';
  readonly server: string;
  readonly tool: string;
  /** Absent in CLI 0.44 and 0.47. */
  readonly arguments?: unknown;
  readonly result?: McpToolCallResult | null;
  /** Set when the call itself failed: transport, time-out, refused approval. */
  readonly error?: McpToolCallError | null;
  readonly status: McpToolCallStatus;
}

export interface CollabAgentState {
  readonly status: CollabAgentStatus;
  readonly message?: string | null;
}

/** A call to a sub-agent tool. */
export interface CollabToolCallItem extends ItemBase {
  readonly type: 'collab_tool_call';
  readonly tool: CollabTool;
  readonly sender_thread_id: string;
  readonly receiver_thread_ids: readonly string[];
  readonly prompt?: string | null;
  /** By thread id. */
  readonly agents_states: Readonly<Record<string, CollabAgentState>>;
  readonly status: CollabToolCallStatus;
}

/** The action of a web search. An unknown type keeps its fields. */
export interface WebSearchAction {
  readonly type: OpenString<'search' | 'open_page' | 'find_in_page' | 'other'>;
  readonly query?: string | null;
  readonly queries?: readonly string[] | null;
  readonly url?: string | null;
  readonly pattern?: string | null;
}

/** A web search of the model's host. */
export interface WebSearchItem extends ItemBase {
  readonly type: 'web_search';
  /** `''` in the started event of most searches. */
  readonly query: string;
  /** The host's id of the search (`ws_…`): the CLI (≥ 0.98) writes the key `id` twice, this is the second one. */
  readonly search_id?: string;
  readonly action?: WebSearchAction | null;
}

export interface TodoItem {
  readonly text: string;
  readonly completed: boolean;
  /** App-server only: `pending`, `in_progress` or `completed`. */
  readonly status?: string;
}

/** The agent's plan. Starts when it is made, is replaced by each update, completes at the end of the turn. */
export interface TodoListItem extends ItemBase {
  readonly type: 'todo_list';
  readonly items: readonly TodoItem[];
}

/** A warning; never the end of a turn. */
export interface ErrorItem extends ItemBase {
  readonly type: 'error';
  readonly message: string;
}

/** App-server and rollouts only: what the user said. */
export interface UserMessageItem extends ItemBase {
  readonly type: 'user_message';
  readonly text: string;
}

/** App-server only: the plan that plan mode proposes. */
export interface PlanItem extends ItemBase {
  readonly type: 'plan';
  readonly text: string;
}

/** App-server and rollouts only: earlier history was summarised. */
export interface ContextCompactionItem extends ItemBase {
  readonly type: 'context_compaction';
}

/** App-server only: the agent looked at an image. */
export interface ImageViewItem extends ItemBase {
  readonly type: 'image_view';
  readonly path: string;
}

/** An item of an unknown type; `raw` is the item, unchanged. */
export interface UnknownItem {
  readonly type: 'unknown';
  readonly item_type: string;
  readonly id?: string;
  readonly raw: unknown;
}

/** Every item kind, discriminated on `type`. Fields that are not known here survive at runtime. */
export type ThreadItem =
  | AgentMessageItem
  | ReasoningItem
  | CommandExecutionItem
  | FileChangeItem
  | McpToolCallItem
  | CollabToolCallItem
  | WebSearchItem
  | TodoListItem
  | ErrorItem
  | UserMessageItem
  | PlanItem
  | ContextCompactionItem
  | ImageViewItem
  | UnknownItem;

export type ThreadItemType = ThreadItem['type'];
