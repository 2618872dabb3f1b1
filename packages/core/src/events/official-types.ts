/** A content block of an MCP tool's answer, as the MCP specification has it. */
export type OfficialContentBlock =
  | { type: 'text'; text: string }
  | { type: 'image'; data: string; mimeType: string }
  | { type: 'audio'; data: string; mimeType: string }
  | { type: 'resource_link'; uri: string; name: string }
  | { type: 'resource'; resource: { uri: string; text: string } | { uri: string; blob: string } };

/** An item in the vocabulary of `@openai/codex-sdk`. */
export type OfficialThreadItem =
  | { id: string; type: 'agent_message'; text: string }
  | { id: string; type: 'reasoning'; text: string }
  | {
      id: string;
      type: 'command_execution';
      command: string;
      aggregated_output: string;
      exit_code?: number;
      status: 'in_progress' | 'completed' | 'failed';
    }
  | {
      id: string;
      type: 'file_change';
      changes: { path: string; kind: 'add' | 'delete' | 'update' }[];
      status: 'completed' | 'failed';
    }
  | {
      id: string;
      type: 'mcp_tool_call';
      server: string;
      tool: string;
      arguments: unknown;
      result?: { content: OfficialContentBlock[]; _meta?: unknown; structured_content: unknown };
      error?: { message: string };
      status: 'in_progress' | 'completed' | 'failed';
    }
  | { id: string; type: 'web_search'; query: string }
  | { id: string; type: 'todo_list'; items: { text: string; completed: boolean }[] }
  | { id: string; type: 'error'; message: string };

export interface OfficialUsage {
  input_tokens: number;
  cached_input_tokens: number;
  cache_write_input_tokens: number;
  output_tokens: number;
  reasoning_output_tokens: number;
}

/** An event in the vocabulary of `@openai/codex-sdk`; assignable to its `ThreadEvent`. */
export type OfficialThreadEvent =
  | { type: 'thread.started'; thread_id: string }
  | { type: 'turn.started' }
  | { type: 'turn.completed'; usage: OfficialUsage }
  | { type: 'turn.failed'; error: { message: string } }
  | { type: 'item.started'; item: OfficialThreadItem }
  | { type: 'item.updated'; item: OfficialThreadItem }
  | { type: 'item.completed'; item: OfficialThreadItem }
  | { type: 'error'; message: string };
