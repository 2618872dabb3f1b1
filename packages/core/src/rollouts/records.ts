import type { OpenString } from '../events/items.js';

/** Who wrote the file, where and when. The first record. */
export interface SessionMeta {
  /** The thread id. */
  readonly id?: string;
  readonly timestamp?: string;
  readonly cwd?: string;
  /** `codex_exec`, `codex_cli_rs`, … */
  readonly originator?: string;
  readonly cli_version?: string;
  /** `exec`, `cli`, …; an object for sub-agents. */
  readonly source?: unknown;
  readonly model_provider?: string | null;
  /** CLI ≥ 0.98; text or an object. */
  readonly base_instructions?: unknown;
  readonly git?: unknown;
  /** CLI ≥ 0.125: the thread that this one was forked from. */
  readonly forked_from_id?: string | null;
  /** CLI ≥ 0.144: the thread that runs this sub-agent. */
  readonly parent_thread_id?: string | null;
}

/** The settings of a turn. */
export interface TurnContext {
  readonly turn_id?: string | null;
  readonly cwd?: string;
  readonly model?: string;
  readonly approval_policy?: unknown;
  readonly sandbox_policy?: unknown;
}

/** A payload of a type that is not known here; `raw` is the payload as it came. */
export interface UnknownPayload {
  readonly type: 'unknown';
  readonly payload_type?: string;
  readonly raw: unknown;
}

export interface ContentPart {
  readonly type: OpenString<'input_text' | 'output_text' | 'input_image' | 'summary_text'>;
  readonly text?: string | null;
}

/** The output of a tool: text, or parts of text and images. */
export type ToolOutput = string | readonly ContentPart[] | Readonly<Record<string, unknown>>;

/** A part of a request to the model, or of its response. */
export type ResponseItem =
  | {
      readonly type: 'message';
      readonly id?: string | null;
      readonly role: OpenString<'user' | 'assistant' | 'developer' | 'system'>;
      readonly content: readonly ContentPart[];
    }
  | { readonly type: 'reasoning'; readonly id?: string | null; readonly summary: readonly ContentPart[] }
  | {
      readonly type: 'function_call';
      readonly name: string;
      /** CLI ≥ 0.125: `mcp__<server>` and the like. */
      readonly namespace?: string | null;
      /** JSON as text. */
      readonly arguments: string;
      readonly call_id: string;
    }
  | { readonly type: 'function_call_output'; readonly call_id?: string | null; readonly output: ToolOutput }
  | { readonly type: 'custom_tool_call'; readonly name: string; readonly input: string; readonly call_id: string }
  | { readonly type: 'custom_tool_call_output'; readonly call_id: string; readonly output: ToolOutput }
  | { readonly type: 'web_search_call'; readonly id?: string | null; readonly action?: unknown }
  | { readonly type: 'image_generation_call'; readonly id?: string | null; readonly result?: string | null }
  /** A message between agents. */
  | {
      readonly type: 'agent_message';
      readonly author: string;
      readonly recipient: string;
      readonly content: readonly ContentPart[];
    }
  /** Tools of code-mode models. */
  | { readonly type: 'additional_tools'; readonly tools: readonly unknown[] }
  /** CLI 0.75: a commit that undo goes back to. */
  | { readonly type: 'ghost_snapshot'; readonly ghost_commit: unknown }
  | UnknownPayload;

export interface TokenUsage {
  readonly input_tokens: number;
  readonly cached_input_tokens: number;
  readonly output_tokens: number;
  readonly reasoning_output_tokens?: number;
  readonly cache_write_input_tokens?: number;
}

/** An item of the thread in the CLI's own form (`CommandExecution`, `FileChange`, …). */
export interface RecordedItem {
  readonly type: string;
  readonly id: string;
}

/** An event in the CLI's own form. */
export type EventMessage =
  /** CLI ≥ 0.125. */
  | {
      readonly type: 'task_started';
      readonly turn_id?: string;
      readonly root_turn_id?: string | null;
    }
  /** CLI ≥ 0.125; `error` since 0.150. */
  | {
      readonly type: 'task_complete';
      readonly turn_id?: string;
      readonly last_agent_message?: string | null;
      readonly error?: { readonly message: string; readonly codex_error_info?: unknown } | null;
    }
  | {
      readonly type: 'turn_aborted';
      readonly turn_id?: string | null;
      readonly reason?: string | null;
    }
  | {
      readonly type: 'token_count';
      readonly info?: { readonly total_token_usage: TokenUsage; readonly last_token_usage?: unknown } | null;
    }
  /** CLI < 0.150. */
  | { readonly type: 'user_message'; readonly message: string }
  | { readonly type: 'agent_message'; readonly message: string; readonly phase?: string | null }
  | { readonly type: 'agent_reasoning'; readonly text: string }
  /** CLI ≥ 0.150. */
  | {
      readonly type: 'item_completed';
      readonly turn_id?: string;
      readonly item: RecordedItem;
      /** Milliseconds since 1970. */
      readonly started_at_ms?: number;
      readonly completed_at_ms?: number;
    }
  /** Before CLI 0.150: a patch of a program that the model wrote. */
  | {
      readonly type: 'patch_apply_end';
      readonly call_id: string;
      readonly success: boolean;
      readonly changes: Readonly<Record<string, unknown>>;
    }
  /** CLI 0.130 to 0.147: the result of an MCP tool. */
  | {
      readonly type: 'mcp_tool_call_end';
      readonly call_id: string;
      readonly invocation: { readonly server: string; readonly tool: string; readonly arguments?: unknown };
      readonly result: { readonly Ok?: unknown; readonly Err?: string };
    }
  /** CLI 0.130 to 0.147: repeats the `web_search_call` that follows. */
  | { readonly type: 'web_search_end'; readonly call_id: string; readonly query?: string; readonly action?: unknown }
  | { readonly type: 'thread_settings_applied'; readonly thread_settings: unknown }
  /** CLI < 0.150. */
  | { readonly type: 'context_compacted' }
  | { readonly type: 'entered_review_mode'; readonly target?: unknown }
  | { readonly type: 'exited_review_mode'; readonly review_output?: unknown }
  | UnknownPayload;

interface RecordBase {
  /** 1-based physical line number; blank lines count. */
  readonly line_number: number;
  /** When the record was written, as RFC 3339 text. */
  readonly timestamp?: string;
  /** CLI ≥ 0.150. */
  readonly ordinal?: number;
}

export interface SessionMetaRecord extends RecordBase {
  readonly type: 'session_meta';
  readonly payload: SessionMeta;
}

export interface TurnContextRecord extends RecordBase {
  readonly type: 'turn_context';
  readonly payload: TurnContext;
}

export interface ResponseItemRecord extends RecordBase {
  readonly type: 'response_item';
  readonly payload: ResponseItem;
}

export interface EventMsgRecord extends RecordBase {
  readonly type: 'event_msg';
  readonly payload: EventMessage;
}

/** Earlier history was summarised. */
export interface CompactedRecord extends RecordBase {
  readonly type: 'compacted';
  readonly payload: { readonly message?: string };
}

/** CLI ≥ 0.144: the description of the environment for the model, or its changes. */
export interface WorldStateRecord extends RecordBase {
  readonly type: 'world_state';
  readonly payload: { readonly full?: boolean; readonly state?: unknown };
}

/** CLI 0.169: the tokens of one response. */
export interface TokenUsageRecord extends RecordBase {
  readonly type: 'token_usage_record';
  readonly payload: {
    readonly turn_id?: string;
    readonly usage: TokenUsage;
    readonly turn_token_usage?: TokenUsage;
    readonly thread_token_usage?: TokenUsage;
  };
}

/** CLI 0.169: whether a message between agents started a turn. */
export interface InterAgentRecord extends RecordBase {
  readonly type: 'inter_agent_communication_metadata';
  readonly payload: { readonly trigger_turn?: boolean };
}

/** A record of an unknown type, with its payload unchanged. */
export interface UnknownRecord extends RecordBase {
  readonly type: 'unknown';
  readonly record_type: string;
  readonly payload: unknown;
}

/** A line that is not a record: not JSON, no textual `type`, or a known type whose payload is wrong. */
export interface MalformedRecord extends RecordBase {
  readonly type: 'malformed';
  /** The line, cut to 64 KiB. */
  readonly line: string;
  /** The problem and its location. */
  readonly error: string;
  /** The parsed value, if it was JSON. */
  readonly raw?: unknown;
}

/** A line of a rollout file, discriminated on `type`. Fields that are not known here survive at runtime. */
export type RolloutRecord =
  | SessionMetaRecord
  | TurnContextRecord
  | ResponseItemRecord
  | EventMsgRecord
  | CompactedRecord
  | WorldStateRecord
  | TokenUsageRecord
  | InterAgentRecord
  | UnknownRecord
  | MalformedRecord;
