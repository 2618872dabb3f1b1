// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type {
  AbsolutePathBuf,
  ApprovalsReviewer,
  AskForApproval,
  CollaborationMode,
  FunctionCallOutputBody,
  GuardianRiskLevel,
  GuardianUserAuthorization,
  ImageDetail,
  LegacyAppPathString,
  MessagePhase,
  MultiAgentMode,
  Personality,
  ReasoningEffort,
  ReasoningSummary,
  RequestId,
  SandboxMode,
  SandboxPolicy,
  SortDirection,
  ThreadId,
  ThreadItem,
  ThreadSection,
  Turn,
  TurnEnvironmentParams,
  TurnError,
  TurnItemsView,
  TurnStatus,
  UserInput,
} from './shared.js';

export interface ActivePermissionProfile {
  /** Parent profile identifier from the selected permissions profile's `extends` setting, when present. */
  readonly extends?: string | null | undefined;
  /**
   * Identifier from `default_permissions` or the implicit built-in default, such as `:workspace` or a user-defined
   * `[permissions.<id>]` profile.
   */
  readonly id: string;
}

export type AgentMessageInputContent =
  | {
      readonly text: string;
      readonly type: 'input_text';
    }
  | {
      readonly encrypted_content: string;
      readonly type: 'encrypted_content';
    };

export type AgentPath = string;

/** Location used to resolve a selected capability root. */
export type CapabilityRootLocation = {
  readonly environmentId: string;
  /** Absolute path for the root in the selected environment. */
  readonly path: string;
  readonly type: 'environment';
};

export type CodexResponseHandoffMode = 'thinking' | 'commentary' | 'bemTags';

/** Reasoning settings interpreted by the backend for the routed model. */
export interface ConfigurationReasoning {
  readonly effort: ReasoningEffort;
}

export type ContentItem =
  | {
      readonly text: string;
      readonly type: 'input_text';
    }
  | ({
      readonly detail?: ImageDetail | null | undefined;
      readonly type: 'input_image';
    } & (
      | {
          readonly image_url: string;
        }
      | {
          readonly file_id: string;
        }
    ))
  | ({
      readonly type: 'input_audio';
    } & (
      | {
          readonly audio_url: string;
        }
      | {
          readonly file_id: string;
        }
    ))
  | {
      readonly annotations?: readonly unknown[] | null | undefined;
      readonly logprobs?: readonly unknown[] | null | undefined;
      readonly text: string;
      readonly type: 'output_text';
    };

/** Deprecated: Use `ContextCompaction` item type instead. */
export interface ContextCompactedNotification {
  readonly threadId: string;
  readonly turnId: string;
}

export type ConversationTextRole = 'user' | 'developer' | 'assistant';

export type DynamicToolNamespaceTool = {
  readonly deferLoading?: boolean | undefined;
  readonly description: string;
  readonly inputSchema: unknown;
  readonly name: string;
  readonly type: 'function';
};

export type DynamicToolSpec =
  | {
      readonly deferLoading?: boolean | undefined;
      readonly description: string;
      readonly inputSchema: unknown;
      readonly name: string;
      readonly type: 'function';
    }
  | {
      readonly description: string;
      readonly name: string;
      readonly tools: readonly DynamicToolNamespaceTool[];
      readonly type: 'namespace';
    };

export interface EnvironmentConnectionNotification {
  readonly environmentId: string;
  readonly threadId: string;
}

export interface GitInfo {
  readonly branch?: string | null | undefined;
  readonly originUrl?: string | null | undefined;
  readonly sha?: string | null | undefined;
}

/** Final allow/deny outcome returned by the guardian reviewer. */
export type GuardianAssessmentOutcome = 'allow' | 'deny';

/**
 * Internal Responses API passthrough metadata copied into underlying chat messages.
 *
 * Responses API strongly types this payload. Do not modify it without first getting API approval and making the
 * corresponding Responses API change.
 */
export interface InternalChatMessageMetadataPassthrough {
  readonly turn_id?: string | null | undefined;
}

export type LocalShellAction = {
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>> | null | undefined;
  readonly timeout_ms?: number | null | undefined;
  readonly type: 'exec';
  readonly user?: string | null | undefined;
  readonly working_directory?: string | null | undefined;
};

export type LocalShellStatus = 'completed' | 'in_progress' | 'incomplete';

export interface QueuedSubmission {
  readonly clientUserMessageId: string;
  readonly id: string;
  readonly input: readonly UserInput[];
  /** Metadata retained with this input, including across reconnect and restoration. */
  readonly responsesapiClientMetadata?: Readonly<Record<string, string>> | null | undefined;
}

export type RealtimeConversationVersion = 'v1' | 'v2' | 'v3';

export type RealtimeOutputModality = 'text' | 'audio';

export type RealtimeVoice =
  | 'alloy'
  | 'arbor'
  | 'ash'
  | 'aube'
  | 'ballad'
  | 'breeze'
  | 'bubbie'
  | 'cedar'
  | 'coral'
  | 'cove'
  | 'echo'
  | 'ember'
  | 'haetsal'
  | 'hanul'
  | 'himari'
  | 'juniper'
  | 'leher'
  | 'maple'
  | 'marin'
  | 'miko'
  | 'neer'
  | 'porto'
  | 'rindo'
  | 'rio'
  | 'rivage'
  | 'sage'
  | 'selva'
  | 'shimmer'
  | 'sol'
  | 'sonna'
  | 'spruce'
  | 'tinta'
  | 'vale'
  | 'verse'
  | 'viola';

export interface RealtimeVoicesList {
  readonly defaultV1: RealtimeVoice;
  readonly defaultV2: RealtimeVoice;
  readonly v1: readonly RealtimeVoice[];
  readonly v2: readonly RealtimeVoice[];
  readonly v3?: readonly RealtimeVoice[] | undefined;
}

export type ReasoningItemContent =
  | {
      readonly text: string;
      readonly type: 'reasoning_text';
    }
  | {
      readonly text: string;
      readonly type: 'text';
    };

export type ReasoningItemReasoningSummary = {
  readonly text: string;
  readonly type: 'summary_text';
};

export type ResponseItem =
  | {
      readonly id?: string | null | undefined;
      readonly role: string;
      readonly tools: readonly unknown[];
      readonly type: 'additional_tools';
    }
  | {
      readonly content: readonly ContentItem[];
      readonly encrypted_content?: string | null | undefined;
      readonly id?: string | null | undefined;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly phase?: MessagePhase | null | undefined;
      readonly role: string;
      readonly status?: string | null | undefined;
      readonly type: 'message';
    }
  | {
      readonly author: string;
      readonly content: readonly AgentMessageInputContent[];
      readonly id?: string | null | undefined;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly recipient: string;
      readonly type: 'agent_message';
    }
  | {
      readonly content?: readonly ReasoningItemContent[] | null | undefined;
      readonly encrypted_content?: string | null | undefined;
      readonly id?: string | null | undefined;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly summary: readonly ReasoningItemReasoningSummary[];
      readonly type: 'reasoning';
    }
  | {
      readonly action: LocalShellAction;
      /** Set when using the Responses API. */
      readonly call_id?: string | null | undefined;
      readonly encrypted_content?: string | null | undefined;
      /** Legacy id field retained for compatibility with older payloads. */
      readonly id?: string | null | undefined;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly status: LocalShellStatus;
      readonly type: 'local_shell_call';
    }
  | {
      readonly arguments: string;
      readonly call_id: string;
      readonly encrypted_content?: string | null | undefined;
      readonly encrypted_function_args?: readonly string[] | null | undefined;
      readonly id?: string | null | undefined;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly name: string;
      readonly namespace?: string | null | undefined;
      readonly status?: string | null | undefined;
      readonly type: 'function_call';
    }
  | {
      readonly arguments: unknown;
      readonly call_id?: string | null | undefined;
      readonly encrypted_content?: string | null | undefined;
      readonly execution: string;
      readonly id?: string | null | undefined;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly status?: string | null | undefined;
      readonly type: 'tool_search_call';
    }
  | {
      readonly call_id?: string | null | undefined;
      readonly id?: string | null | undefined;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly name?: string | null | undefined;
      readonly namespace?: string | null | undefined;
      readonly output: FunctionCallOutputBody;
      readonly type: 'function_call_output';
    }
  | {
      readonly call_id: string;
      readonly encrypted_content?: string | null | undefined;
      readonly id?: string | null | undefined;
      readonly input: string;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly name: string;
      readonly namespace?: string | null | undefined;
      readonly status?: string | null | undefined;
      readonly type: 'custom_tool_call';
    }
  | {
      readonly call_id: string;
      readonly id?: string | null | undefined;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly name?: string | null | undefined;
      readonly output: FunctionCallOutputBody;
      readonly type: 'custom_tool_call_output';
    }
  | {
      readonly call_id?: string | null | undefined;
      readonly execution: string;
      readonly id?: string | null | undefined;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly status: string;
      readonly tools: readonly unknown[];
      readonly type: 'tool_search_output';
    }
  | {
      readonly action?: ResponsesApiWebSearchAction | null | undefined;
      readonly encrypted_content?: string | null | undefined;
      readonly id?: string | null | undefined;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly status?: string | null | undefined;
      readonly type: 'web_search_call';
    }
  | {
      readonly encrypted_content?: string | null | undefined;
      readonly id?: string | null | undefined;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly result: string;
      readonly revised_prompt?: string | null | undefined;
      readonly status: string;
      readonly type: 'image_generation_call';
    }
  | {
      readonly encrypted_content: string;
      readonly id?: string | null | undefined;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly type: 'compaction';
    }
  | {
      readonly reasoning: ConfigurationReasoning;
      readonly type: 'configuration_update';
    }
  | {
      readonly type: 'compaction_trigger';
    }
  | {
      readonly encrypted_content?: string | null | undefined;
      readonly id?: string | null | undefined;
      readonly internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough | null | undefined;
      readonly type: 'context_compaction';
    }
  | {
      readonly type: 'other';
    };

export type ResponsesApiWebSearchAction =
  | {
      readonly queries?: readonly string[] | null | undefined;
      readonly query?: string | null | undefined;
      readonly type: 'search';
    }
  | {
      readonly type: 'open_page';
      readonly url?: string | null | undefined;
    }
  | {
      readonly pattern?: string | null | undefined;
      readonly type: 'find_in_page';
      readonly url?: string | null | undefined;
    }
  | {
      readonly type: 'other';
    };

/** A user-selected root that can expose one or more runtime capabilities. */
export interface SelectedCapabilityRoot {
  /** Stable identifier supplied by the capability selection platform. */
  readonly id: string;
  /** Where the selected root can be resolved. */
  readonly location: CapabilityRootLocation;
}

export type SessionSource =
  | 'cli'
  | 'vscode'
  | 'exec'
  | 'appServer'
  | 'unknown'
  | {
      readonly custom: string;
    }
  | {
      readonly subAgent: SubAgentSource;
    };

export type SubAgentSource =
  | 'review'
  | 'compact'
  | 'memory_consolidation'
  | {
      readonly thread_spawn: {
        readonly agent_nickname?: string | null | undefined;
        readonly agent_path?: AgentPath | null | undefined;
        readonly agent_role?: string | null | undefined;
        readonly depth: number;
        readonly parent_thread_id: ThreadId;
      };
    }
  | {
      readonly other: string;
    };

export interface Thread {
  /** Optional random unique nickname assigned to an AgentControl-spawned sub-agent. */
  readonly agentNickname?: string | null | undefined;
  /** Optional role (agent_role) assigned to an AgentControl-spawned sub-agent. */
  readonly agentRole?: string | null | undefined;
  /** Parent that owns this persisted attached thread, independent of fork or spawn lineage. */
  readonly attachedToThreadId?: string | null | undefined;
  /**
   * Whether the app server accepts direct turn input for this loaded thread. `None` means the capability is
   * unavailable, such as for an unloaded stored thread.
   */
  readonly canAcceptDirectInput?: boolean | null | undefined;
  /** Version of the CLI that created the thread. */
  readonly cliVersion: string;
  /** Unix timestamp (in seconds) when the thread was created. */
  readonly createdAt: number;
  /** Working directory captured for the thread. */
  readonly cwd: AbsolutePathBuf;
  /** Saved Daybreak choice, independent of turn execution. Null if unset. */
  readonly daybreakEnabled?: boolean | null | undefined;
  /**
   * Current environments for a loaded thread, in priority order, primary first. `null` means the thread is not loaded
   * or the server does not expose its selection. An empty list means no environments are selected. This does not
   * report connection status.
   */
  readonly environments?: readonly ThreadEnvironment[] | null | undefined;
  /** Whether the thread is ephemeral and should not be materialized on disk. */
  readonly ephemeral: boolean;
  /** Optional implementation-specific thread data. */
  readonly extra?: ThreadExtra | null | undefined;
  /** Source thread id when this thread was created by forking another thread. */
  readonly forkedFromId?: string | null | undefined;
  /** Optional Git metadata captured when the thread was created. */
  readonly gitInfo?: GitInfo | null | undefined;
  /** Persisted thread history contract selected when this thread was created. */
  readonly historyMode?: ThreadHistoryMode | undefined;
  /** Identifier for this thread. Codex-generated thread IDs are UUIDv7. */
  readonly id: string;
  /**
   * Current configured model when loaded, otherwise the latest persisted model. Null when unavailable. This is not
   * per-turn execution telemetry.
   */
  readonly model?: string | null | undefined;
  /** Model provider used for this thread (for example, 'openai'). */
  readonly modelProvider: string;
  /** Optional user-facing thread title. */
  readonly name?: string | null | undefined;
  /**
   * Originator recorded when the thread was created, independent of its current client or executor. Null when the
   * recorded originator is unavailable.
   */
  readonly originator?: string | null | undefined;
  /** The ID of the parent thread. This will only be set if this thread is a subagent. */
  readonly parentThreadId?: string | null | undefined;
  /** [UNSTABLE] Path to the thread on disk. */
  readonly path?: string | null | undefined;
  /** Usually the first user message in the thread, if available. */
  readonly preview: string;
  /** Canonical project assignment owned by app-server, if any. */
  readonly projectId: string | null;
  /**
   * Current configured reasoning effort when loaded, otherwise the latest persisted effort. Null when unset or
   * unavailable. This is not per-turn execution telemetry.
   */
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  /** Unix timestamp (in seconds) used for thread recency ordering. */
  readonly recencyAt?: number | null | undefined;
  /** The independently persisted section selected for this thread, if any. */
  readonly section?: ThreadSection | null | undefined;
  /** Unix timestamp in seconds when the thread entered its current section. */
  readonly sectionEnteredAt?: number | null | undefined;
  /** Session id shared by threads that belong to the same session tree. */
  readonly sessionId: string;
  /** Origin of the thread (CLI, VSCode, codex exec, codex app-server, etc.). */
  readonly source: SessionSource;
  /** Current runtime status for the thread. */
  readonly status: ThreadStatus;
  /** Optional analytics source classification for this thread. */
  readonly threadSource?: ThreadSource | null | undefined;
  /**
   * Only populated on `thread/resume`, `thread/fork`, and `thread/read` (when `includeTurns` is true) responses. For
   * all other responses and notifications returning a Thread, the turns field will be an empty list.
   */
  readonly turns: readonly Turn[];
  /** Unix timestamp (in seconds) when the thread was last updated. */
  readonly updatedAt: number;
}

export type ThreadActiveFlag = 'waitingOnApproval' | 'waitingOnUserInput';

export interface ThreadApproveGuardianDeniedActionParams {
  /** Serialized `codex_protocol::protocol::GuardianAssessmentEvent`. */
  readonly event: unknown;
  readonly threadId: string;
}

export type ThreadApproveGuardianDeniedActionResponse = Readonly<Record<string, unknown>>;

export interface ThreadArchiveParams {
  readonly threadId: string;
}

export type ThreadArchiveResponse = Readonly<Record<string, unknown>>;

export interface ThreadArchivedNotification {
  readonly threadId: string;
}

/** An independently persisted attachment associated with a thread. */
export interface ThreadAttachment {
  readonly attachmentType: string;
  readonly createdAt: number;
  readonly id: string;
  readonly identityKey: string;
  readonly payload: unknown;
}

/** Result of attempting to associate an attachment with a thread. */
export type ThreadAttachmentAddOutcome = 'created' | 'existing';

/** Parameters for creating or locating an attachment on its owning thread. */
export interface ThreadAttachmentAddParams {
  readonly attachmentType: string;
  readonly identityKey: string;
  readonly payload: unknown;
  readonly threadId: string;
}

/** The created or existing attachment. */
export interface ThreadAttachmentAddResponse {
  readonly attachment: ThreadAttachment;
  readonly outcome: ThreadAttachmentAddOutcome;
}

/** Parameters for listing attachments from one thread. */
export interface ThreadAttachmentListParams {
  readonly cursor?: string | null | undefined;
  readonly limit?: number | null | undefined;
  readonly threadId: string;
}

/** One page of attachments associated with the requested thread. */
export interface ThreadAttachmentListResponse {
  readonly data: readonly ThreadAttachment[];
  readonly nextCursor?: string | null | undefined;
}

/** The persisted attachment change represented by a notification. */
export type ThreadAttachmentOperation = 'created' | 'deleted';

/** A thread that currently owns an attachment with the requested identity. */
export interface ThreadAttachmentOwner {
  /** Whether the owning thread is archived, not whether it is currently executing a turn. */
  readonly archived: boolean;
  readonly threadId: string;
}

/** Parameters for reverse lookup by attachment identity within this server's store. */
export interface ThreadAttachmentOwnerListParams {
  /** Omitted or null returns all matches; false returns non-archived threads only. */
  readonly archived?: boolean | null | undefined;
  readonly attachmentType: string;
  readonly cursor?: string | null | undefined;
  readonly identityKey: string;
  readonly limit?: number | null | undefined;
}

/** One page of matching owners, including threads without their own user messages. */
export interface ThreadAttachmentOwnerListResponse {
  readonly data: readonly ThreadAttachmentOwner[];
  readonly nextCursor?: string | null | undefined;
}

/** Parameters for deleting an attachment by its stable thread-local identity. */
export interface ThreadAttachmentRemoveParams {
  readonly attachmentType: string;
  readonly identityKey: string;
  readonly threadId: string;
}

/** Successful deletion does not return additional attachment data. */
export type ThreadAttachmentRemoveResponse = Readonly<Record<string, unknown>>;

/** Notification published after a thread attachment is created or deleted. */
export interface ThreadAttachmentUpdatedNotification {
  readonly attachmentId: string;
  readonly attachmentType: string;
  readonly identityKey: string;
  readonly operation: ThreadAttachmentOperation;
  readonly threadId: string;
}

export interface ThreadBackgroundTerminal {
  readonly command: string;
  readonly cpuPercent?: number | null | undefined;
  readonly cwd: LegacyAppPathString;
  readonly itemId: string;
  readonly osPid?: number | null | undefined;
  readonly processId: string;
  readonly rssKb?: number | null | undefined;
}

export interface ThreadBackgroundTerminalsCleanParams {
  readonly threadId: string;
}

export type ThreadBackgroundTerminalsCleanResponse = Readonly<Record<string, unknown>>;

export interface ThreadBackgroundTerminalsListParams {
  /** Opaque pagination cursor returned by a previous call. */
  readonly cursor?: string | null | undefined;
  /** Optional page size. */
  readonly limit?: number | null | undefined;
  readonly threadId: string;
}

export interface ThreadBackgroundTerminalsListResponse {
  readonly data: readonly ThreadBackgroundTerminal[];
  /**
   * Opaque cursor to pass to the next call to continue after the last item. If None, there are no more items to
   * return.
   */
  readonly nextCursor?: string | null | undefined;
}

export interface ThreadBackgroundTerminalsTerminateParams {
  readonly processId: string;
  readonly threadId: string;
}

export interface ThreadBackgroundTerminalsTerminateResponse {
  readonly terminated: boolean;
}

export interface ThreadClosedNotification {
  readonly threadId: string;
}

export interface ThreadCompactStartParams {
  readonly threadId: string;
}

export type ThreadCompactStartResponse = Readonly<Record<string, unknown>>;

/** Parameters for `thread/decrement_elicitation`. */
export interface ThreadDecrementElicitationParams {
  /** Thread whose out-of-band elicitation counter should be decremented. */
  readonly threadId: string;
}

/** Response for `thread/decrement_elicitation`. */
export interface ThreadDecrementElicitationResponse {
  /** Current out-of-band elicitation count after the decrement. */
  readonly count: number;
  /** Whether timeout accounting remains paused after applying the decrement. */
  readonly paused: boolean;
}

export interface ThreadDeleteParams {
  readonly threadId: string;
}

export type ThreadDeleteResponse = Readonly<Record<string, unknown>>;

export interface ThreadDeletedNotification {
  readonly threadId: string;
}

/** An environment selected by a loaded thread, independent of connection status. */
export interface ThreadEnvironment {
  readonly cwd: LegacyAppPathString;
  readonly environmentId: string;
  readonly runtimeWorkspaceRoots: readonly LegacyAppPathString[];
}

/** Extra app-server data for a thread. */
export type ThreadExtra = Readonly<Record<string, unknown>>;

/**
 * There are two ways to fork a thread: 1. By thread_id: load the thread from disk by thread_id and fork it into a new
 * thread. 2. By path: load the thread from disk by path and fork it into a new thread.
 *
 * If using a non-empty path, the thread_id param will be ignored. Empty string path values are treated as absent.
 *
 * Prefer using thread_id whenever possible.
 */
export interface ThreadForkParams {
  readonly approvalPolicy?: AskForApproval | null | undefined;
  /** Override where approval requests are routed for review on this thread and subsequent turns. */
  readonly approvalsReviewer?: ApprovalsReviewer | null | undefined;
  /**
   * Persist the fork as an attached thread of its resolved source, hidden from ordinary lists. The source cannot be
   * deleted while attached threads exist. Requires a paginated source and local storage; incompatible with ephemeral
   * and deferGoalContinuation. Omitted or false creates an ordinary fork.
   */
  readonly attachToSource?: boolean | undefined;
  readonly baseInstructions?: string | null | undefined;
  /**
   * Optional turn id to fork before, excluding that turn and all later turns. Cannot be combined with `last_turn_id`.
   */
  readonly beforeTurnId?: string | null | undefined;
  readonly config?: Readonly<Record<string, unknown>> | null | undefined;
  readonly cwd?: string | null | undefined;
  /**
   * When true, carry the source thread's current goal into the fork without starting its initial automatic
   * continuation. The next explicit turn owns the goal lifecycle, and normal automatic continuation resumes after it.
   */
  readonly deferGoalContinuation?: boolean | undefined;
  readonly developerInstructions?: string | null | undefined;
  readonly ephemeral?: boolean | undefined;
  /**
   * When true, return only thread metadata and live fork state without populating `thread.turns`. This is useful when
   * the client plans to call `thread/turns/list` immediately after forking. Full-history hydration is deprecated for
   * paginated threads; use this with `thread/turns/list` and `thread/items/list` instead.
   */
  readonly excludeTurns?: boolean | undefined;
  /**
   * Disable MCP servers in prediction mode when the inherited window uses incremental tools on Responses Lite.
   * Requires `experimentalPredictionMode: true`.
   */
  readonly experimentalDisablePredictionMcp?: boolean | undefined;
  /**
   * Start from the loaded parent's effective config, tools, environments, and persisted history to maximize
   * prompt-cache reuse. Requires a loaded, persisted parent and `ephemeral: true`. Enables
   * `features.reasoning_effort_override` on the fork. Only `config.thread_unload_delay_secs` may override the
   * inherited config. Cannot be combined with `path`, `lastTurnId`, or `beforeTurnId`.
   */
  readonly experimentalPredictionMode?: boolean | undefined;
  /**
   * Optional last turn id to fork through, inclusive.
   *
   * When specified, turns after `last_turn_id` are omitted from the fork. The referenced turn cannot be in progress.
   */
  readonly lastTurnId?: string | null | undefined;
  /** Configuration overrides for the forked thread, if any. */
  readonly model?: string | null | undefined;
  readonly modelProvider?: string | null | undefined;
  /** [UNSTABLE] Specify the rollout path to fork from. If specified, the thread_id param will be ignored. */
  readonly path?: string | null | undefined;
  /** Named profile id for the forked thread. Cannot be combined with `sandbox`. */
  readonly permissions?: string | null | undefined;
  /** Replace the thread's runtime workspace roots. Paths must be absolute. */
  readonly runtimeWorkspaceRoots?: readonly AbsolutePathBuf[] | null | undefined;
  readonly sandbox?: SandboxMode | null | undefined;
  readonly serviceTier?: string | null | undefined;
  readonly threadId: string;
  /** Optional client-supplied analytics source classification for this forked thread. */
  readonly threadSource?: ThreadSource | null | undefined;
}

export interface ThreadForkResponse {
  /** Named or implicit built-in profile that produced the active permissions, when known. */
  readonly activePermissionProfile?: ActivePermissionProfile | null | undefined;
  readonly approvalPolicy: AskForApproval;
  /** Reviewer currently used for approval requests on this thread. */
  readonly approvalsReviewer: ApprovalsReviewer;
  readonly cwd: AbsolutePathBuf;
  /** Saved list of disabled plugin IDs. Does not yet filter plugin capabilities. */
  readonly disabledPluginIds?: readonly string[] | undefined;
  /** Environment-native paths to instruction source files currently loaded for this thread. */
  readonly instructionSources?: readonly LegacyAppPathString[] | undefined;
  readonly model: string;
  readonly modelProvider: string;
  /** @deprecated Always `explicitRequestOnly`. Use `reasoningEffort` for Ultra behavior. */
  readonly multiAgentMode?: MultiAgentMode | undefined;
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  /** Thread-scoped runtime workspace roots used to materialize `:workspace_roots`. */
  readonly runtimeWorkspaceRoots?: readonly AbsolutePathBuf[] | undefined;
  /**
   * Legacy sandbox policy retained for compatibility. Experimental clients should prefer `activePermissionProfile`
   * for profile provenance.
   */
  readonly sandbox: SandboxPolicy;
  readonly serviceTier?: string | null | undefined;
  readonly thread: Thread;
}

export interface ThreadGoal {
  readonly createdAt: number;
  readonly objective: string;
  readonly status: ThreadGoalStatus;
  readonly threadId: string;
  readonly timeUsedSeconds: number;
  readonly tokenBudget?: number | null | undefined;
  readonly tokensUsed: number;
  readonly updatedAt: number;
}

export interface ThreadGoalClearParams {
  /** Missing provenance does not supply user authorization. */
  readonly origin?: ThreadGoalMutationOrigin | null | undefined;
  readonly threadId: string;
}

export interface ThreadGoalClearResponse {
  readonly cleared: boolean;
}

export interface ThreadGoalClearedNotification {
  readonly threadId: string;
}

export interface ThreadGoalGetParams {
  readonly threadId: string;
}

export interface ThreadGoalGetResponse {
  readonly goal?: ThreadGoal | null | undefined;
}

/** Distinguishes explicit user actions from automatic goal lifecycle mutations. */
export type ThreadGoalMutationOrigin = 'user' | 'automatic';

export interface ThreadGoalSetParams {
  readonly objective?: string | null | undefined;
  /** Missing provenance does not supply user authorization. */
  readonly origin?: ThreadGoalMutationOrigin | null | undefined;
  readonly status?: ThreadGoalStatus | null | undefined;
  readonly threadId: string;
  readonly tokenBudget?: number | null | undefined;
}

export interface ThreadGoalSetResponse {
  readonly goal: ThreadGoal;
}

export type ThreadGoalStatus = 'active' | 'paused' | 'blocked' | 'usageLimited' | 'budgetLimited' | 'complete';

export interface ThreadGoalUpdatedNotification {
  readonly goal: ThreadGoal;
  readonly threadId: string;
  readonly turnId?: string | null | undefined;
}

export interface ThreadGuardianAssessment {
  readonly outcome: GuardianAssessmentOutcome;
  readonly rationale: string;
  readonly riskLevel: GuardianRiskLevel;
  readonly userAuthorization: GuardianUserAuthorization;
}

/**
 * Calling `thread/guardianReview` subscribes the connection to the thread. The subscription remains after the review
 * completes, keeping the thread loaded until the client calls `thread/unsubscribe` or disconnects. Sequential calls
 * on the same loaded thread can reuse Guardian history across direct reviews and live approvals. The reviewer keeps a
 * separate conversation from the actor and follows the parent thread's normal persistence settings. A retry evaluates
 * the final call again under the current policy.
 */
export interface ThreadGuardianReviewParams {
  readonly threadId: string;
}

export interface ThreadGuardianReviewResponse {
  /** Null when current policy or a remembered approval skips review. */
  readonly assessment?: ThreadGuardianAssessment | null | undefined;
  readonly callId: string;
}

export type ThreadHistoryMode = 'legacy' | 'paginated';

/** Parameters for `thread/increment_elicitation`. */
export interface ThreadIncrementElicitationParams {
  /** Thread whose out-of-band elicitation counter should be incremented. */
  readonly threadId: string;
}

/** Response for `thread/increment_elicitation`. */
export interface ThreadIncrementElicitationResponse {
  /** Current out-of-band elicitation count after the increment. */
  readonly count: number;
  /** Whether timeout accounting is paused after applying the increment. */
  readonly paused: boolean;
}

export interface ThreadInjectItemsParams {
  /** Raw Responses API items to append to the thread's model-visible history. */
  readonly items: readonly unknown[];
  readonly threadId: string;
}

export type ThreadInjectItemsResponse = Readonly<Record<string, unknown>>;

export interface ThreadItemEntry {
  /** Unix timestamp (milliseconds) when the item completed, if recorded by the producer. */
  readonly completedAtMs?: number | null | undefined;
  readonly item: ThreadItem;
  /** The saved output was omitted. Fetch the complete item with `thread/items/read`. */
  readonly outputDeferred?: boolean | undefined;
  /** Unix timestamp (milliseconds) when the item started, if recorded by the producer. */
  readonly startedAtMs?: number | null | undefined;
  /** Turn containing this item. */
  readonly turnId: string;
}

export interface ThreadItemOutputDeferral {
  /** Defer nonempty output from successful commands. */
  readonly commandExecution?: boolean | undefined;
  /** Defer nonempty plain-text results from successful MCP tool calls. */
  readonly mcpToolCall?: boolean | undefined;
}

/** An exclusive item position within the requested visible turn. */
export type ThreadItemsListAnchor = {
  readonly itemId: string;
  readonly type: 'item';
};

/** Starting position for an item-history page. */
export type ThreadItemsListCursor = string | ThreadItemsListAnchor;

export interface ThreadItemsListParams {
  /**
   * Opaque continuation cursor or an exclusive item anchor in the requested visible turn. An item anchor requires a
   * non-empty `turnId`; ascending (the default) returns items after it, and descending returns items before it.
   * Continue with the returned string cursor.
   */
  readonly cursor?: ThreadItemsListCursor | null | undefined;
  /** For a single turn, choose which saved outputs to fetch separately by item ID. */
  readonly deferOutput?: ThreadItemOutputDeferral | null | undefined;
  /** Optional item page size. */
  readonly limit?: number | null | undefined;
  /** Optional item pagination direction; defaults to ascending. */
  readonly sortDirection?: SortDirection | null | undefined;
  readonly threadId: string;
  /** Optional turn id to filter by. When omitted, returns items across the thread. */
  readonly turnId?: string | null | undefined;
}

export interface ThreadItemsListResponse {
  /**
   * Opaque cursor to pass as `cursor` when reversing `sortDirection`. This is only populated when the page contains
   * at least one item.
   */
  readonly backwardsCursor?: string | null | undefined;
  readonly data: readonly ThreadItemEntry[];
  /**
   * Opaque cursor to pass to the next call to continue after the last item. if None, there are no more items to
   * return.
   */
  readonly nextCursor?: string | null | undefined;
}

/** EXPERIMENTAL - retrieve a bounded set of persisted items from one turn. */
export interface ThreadItemsReadParams {
  /** Item IDs to retrieve. Supply 1 to 100 IDs. */
  readonly itemIds: readonly string[];
  readonly threadId: string;
  readonly turnId: string;
}

/** EXPERIMENTAL - persisted items returned in canonical stored order. */
export interface ThreadItemsReadResponse {
  readonly data: readonly ThreadItemEntry[];
}

export type ThreadListCwdFilter = string | readonly string[];

export interface ThreadListParams {
  /**
   * Optional ancestor thread filter. Returns spawned descendants at any depth, excluding the ancestor itself.
   * Mutually exclusive with `parentThreadId`.
   */
  readonly ancestorThreadId?: string | null | undefined;
  /**
   * Optional archived filter; when set to true, only archived threads are returned. If false or null, only
   * non-archived threads are returned.
   */
  readonly archived?: boolean | null | undefined;
  /**
   * Return only persistent threads attached to this thread, including empty threads. Mutually exclusive with
   * parentThreadId and ancestorThreadId. Omitting this filter keeps attached threads hidden from ordinary listings.
   */
  readonly attachedToThreadId?: string | null | undefined;
  /** Show local history visible to the current ChatGPT account. Defaults to false. */
  readonly currentAccountOnly?: boolean | undefined;
  /** Opaque pagination cursor returned by a previous call. */
  readonly cursor?: string | null | undefined;
  /**
   * Optional cwd filter or filters; when set, only threads whose session cwd exactly matches one of these paths are
   * returned.
   */
  readonly cwd?: ThreadListCwdFilter | null | undefined;
  /**
   * Thread IDs to exclude before applying the result limit. Up to 100 entries; invalid IDs or a larger list are
   * rejected, never truncated. Send the same exclusions on each page. Omitted, null, or empty means no exclusions.
   */
  readonly excludedThreadIds?: readonly string[] | null | undefined;
  /** Include persistent threads attached to a parent when searching by title. */
  readonly includeAttachedThreads?: boolean | undefined;
  /**
   * Restrict results to up to 100 thread IDs before pagination. Omit or send null for unrestricted results. An empty
   * list matches nothing. Exclusions still apply. Repeat the same IDs on each page. The local store uses indexed
   * metadata for this filter.
   */
  readonly includedThreadIds?: readonly string[] | null | undefined;
  /** Optional page size; defaults to a reasonable server-side value. */
  readonly limit?: number | null | undefined;
  /**
   * Optional provider filter; when set, only sessions recorded under these providers are returned. When present but
   * empty, includes all providers.
   */
  readonly modelProviders?: readonly string[] | null | undefined;
  /**
   * Optional originator allowlist, matching any supplied value exactly. Supported by hosted backends only; the local
   * app-server rejects a nonempty list. Omitted or empty lists leave originators unrestricted.
   */
  readonly originators?: readonly string[] | null | undefined;
  /** Optional direct parent thread filter. Mutually exclusive with `ancestorThreadId`. */
  readonly parentThreadId?: string | null | undefined;
  /**
   * Omit to include every project, set to null for unassigned threads, or provide a project ID to return only threads
   * in that project.
   */
  readonly projectId?: string | null | undefined;
  /** Optional substring filter for the extracted thread title. */
  readonly searchTerm?: string | null | undefined;
  /**
   * Omit to include every section, set to `null` for unsectioned threads, or provide a section ID to return only
   * threads in that section.
   */
  readonly sectionId?: string | null | undefined;
  /** Optional sort direction; defaults to descending (newest first). */
  readonly sortDirection?: SortDirection | null | undefined;
  /** Optional sort key; defaults to created_at. */
  readonly sortKey?: ThreadSortKey | null | undefined;
  /**
   * Optional source filter; when set, only sessions from these source kinds are returned. When omitted or empty,
   * defaults to interactive sources.
   */
  readonly sourceKinds?: readonly ThreadSourceKind[] | null | undefined;
  /**
   * If true, the local store returns indexed metadata without scanning JSONL rollouts for repairs. Requests with
   * `includedThreadIds` always use indexed metadata.
   */
  readonly useStateDbOnly?: boolean | undefined;
}

export interface ThreadListResponse {
  /**
   * Opaque cursor to pass as `cursor` when reversing `sortDirection`. This is only populated when the page contains
   * at least one thread. Use it with the opposite `sortDirection`; for timestamp sorts it anchors at the start of the
   * page timestamp so same-second updates are not skipped.
   */
  readonly backwardsCursor?: string | null | undefined;
  readonly data: readonly Thread[];
  /**
   * Opaque cursor to pass to the next call to continue after the last item. if None, there are no more items to
   * return.
   */
  readonly nextCursor?: string | null | undefined;
  /**
   * Local receipts for eligible threads on this page, keyed by thread ID. Null means durable read state is
   * unavailable; an absent key means that row is ineligible.
   */
  readonly readStates?: Readonly<Record<string, ThreadReadState>> | null | undefined;
}

export interface ThreadLoadedListParams {
  /** Opaque pagination cursor returned by a previous call. */
  readonly cursor?: string | null | undefined;
  /** Optional page size; defaults to no limit. */
  readonly limit?: number | null | undefined;
}

export interface ThreadLoadedListResponse {
  /** Thread ids for sessions currently loaded in memory. */
  readonly data: readonly string[];
  /**
   * Opaque cursor to pass to the next call to continue after the last item. if None, there are no more items to
   * return.
   */
  readonly nextCursor?: string | null | undefined;
}

export type ThreadMemoryMode = 'enabled' | 'disabled';

export interface ThreadMemoryModeSetParams {
  readonly mode: ThreadMemoryMode;
  readonly threadId: string;
}

export type ThreadMemoryModeSetResponse = Readonly<Record<string, unknown>>;

export interface ThreadMemoryReadParams {
  /** The thread must already be started or resumed. */
  readonly threadId: string;
}

export interface ThreadMemoryReadResponse {
  /**
   * Summary from the thread's selected memory version. Null when memory use is disabled or the selected summary is
   * missing, unreadable, or blank.
   */
  readonly summary?: string | null | undefined;
}

export interface ThreadMetadataGitInfoUpdateParams {
  /**
   * Omit to leave the stored branch unchanged, set to `null` to clear it, or provide a non-empty string to replace
   * it.
   */
  readonly branch?: string | null | undefined;
  /**
   * Omit to leave the stored origin URL unchanged, set to `null` to clear it, or provide a non-empty string to
   * replace it.
   */
  readonly originUrl?: string | null | undefined;
  /**
   * Omit to leave the stored commit unchanged, set to `null` to clear it, or provide a non-empty string to replace
   * it.
   */
  readonly sha?: string | null | undefined;
}

export interface ThreadMetadataUpdateParams {
  /**
   * Save the client's Daybreak choice for this persistent thread. Omitted or null leaves it unchanged. This does not
   * select a turn's `cyberAccessProgram` or grant access.
   */
  readonly daybreakEnabled?: boolean | null | undefined;
  /**
   * Patch the stored Git metadata for this thread. Omit a field to leave it unchanged, set it to `null` to clear it,
   * or provide a string to replace the stored value.
   */
  readonly gitInfo?: ThreadMetadataGitInfoUpdateParams | null | undefined;
  /**
   * Omit to leave the project unchanged, use an empty string to clear it, or provide an existing project ID to assign
   * it.
   */
  readonly projectId?: string | null | undefined;
  readonly threadId: string;
}

export interface ThreadMetadataUpdateResponse {
  readonly thread: Thread;
}

export interface ThreadNameUpdatedNotification {
  readonly threadId: string;
  readonly threadName?: string | null | undefined;
}

export interface ThreadPredictionRequestParams {
  readonly sourceTurnId: string;
  readonly threadId: string;
}

export type ThreadPredictionRequestResponse = Readonly<Record<string, unknown>>;

export type ThreadPredictionResult =
  | {
      readonly text?: string | null | undefined;
      readonly type: 'completed';
    }
  | {
      readonly type: 'failed';
    };

export interface ThreadPredictionUpdatedNotification {
  readonly result: ThreadPredictionResult;
  readonly sourceTurnId: string;
  readonly threadId: string;
}

/** Prepare an approved plan for the first turn of a fresh thread. */
export interface ThreadPrepareApprovedPlanParams {
  /** Absolute path to the optional app-server copy of the plan. */
  readonly attachmentPath?: string | null | undefined;
  readonly markdown: string;
  readonly threadId: string;
}

export interface ThreadPrepareApprovedPlanResponse {
  /** Initial user prompt. If no attachment is readable, the plan is already in the thread's context. */
  readonly prompt: string;
}

export interface ThreadProjectUpdatedNotification {
  readonly projectId: string | null;
  readonly threadId: string;
}

export interface ThreadQueueAddParams {
  readonly clientUserMessageId: string;
  readonly input: readonly UserInput[];
  /** ResponsesAPI metadata captured from the client submitting this input. */
  readonly responsesapiClientMetadata?: Readonly<Record<string, string>> | null | undefined;
  readonly threadId: string;
}

export interface ThreadQueueAddResponse {
  readonly queuedSubmission: QueuedSubmission;
}

export interface ThreadQueueChangedNotification {
  readonly threadId: string;
}

export interface ThreadQueueDeleteParams {
  readonly queuedSubmissionId: string;
  readonly threadId: string;
}

export interface ThreadQueueDeleteResponse {
  readonly deleted: boolean;
}

export interface ThreadQueueListParams {
  /** Opaque pagination cursor returned by a previous call. */
  readonly cursor?: string | null | undefined;
  /** Optional page size; defaults to the standard thread-list page size. */
  readonly limit?: number | null | undefined;
  readonly threadId: string;
}

export interface ThreadQueueListResponse {
  readonly data: readonly QueuedSubmission[];
  /** Opaque cursor for the next page, or `null` when no submissions remain. */
  readonly nextCursor?: string | null | undefined;
}

export interface ThreadQueueReorderParams {
  readonly queuedSubmissionIds: readonly string[];
  readonly threadId: string;
}

export type ThreadQueueReorderResponse = Readonly<Record<string, unknown>>;

export interface ThreadQueueStartParams {
  readonly queuedSubmissionId?: string | null | undefined;
  readonly threadId: string;
}

export interface ThreadQueueStartResponse {
  readonly turn: Turn;
}

export interface ThreadQueueUpdateParams {
  readonly input: readonly UserInput[];
  readonly queuedSubmissionId: string;
  /** Non-empty metadata replaces the input's metadata; omission or an empty map preserves it. */
  readonly responsesapiClientMetadata?: Readonly<Record<string, string>> | null | undefined;
  readonly threadId: string;
}

export interface ThreadQueueUpdateResponse {
  readonly queuedSubmission: QueuedSubmission;
}

export interface ThreadReadParams {
  /**
   * When true, include turns and their items from rollout history. Full-history hydration is deprecated for paginated
   * threads; prefer a metadata-only read and page with `thread/turns/list` and `thread/items/list`.
   */
  readonly includeTurns?: boolean | undefined;
  readonly threadId: string;
}

export interface ThreadReadResponse {
  /** Local receipt. Null means this thread's durable read state is unavailable. */
  readonly readState?: ThreadReadState | null | undefined;
  readonly thread: Thread;
}

/**
 * The first unread position in a durable local thread. A null position means read. The opaque revision guards edits
 * against activity or marks the caller has not seen.
 */
export interface ThreadReadState {
  readonly firstUnread?: ThreadUnreadPosition | null | undefined;
  readonly revision: string;
}

export interface ThreadReadStateChangedNotification {
  readonly readState: ThreadReadState;
  readonly threadId: string;
}

export type ThreadReadStateOperation =
  | {
      readonly type: 'read';
    }
  | {
      readonly type: 'unread';
    };

export interface ThreadReadStateUpdateParams {
  /** Revision of the row or transcript actually seen. Conflicts require a fresh user action. */
  readonly expectedRevision: string;
  readonly operation: ThreadReadStateOperation;
  readonly threadId: string;
}

export interface ThreadReadStateUpdateResponse {
  readonly readState: ThreadReadState;
}

/** EXPERIMENTAL - append audio input to thread realtime. */
export interface ThreadRealtimeAppendAudioParams {
  readonly audio: ThreadRealtimeAudioChunk;
  readonly threadId: string;
}

/** EXPERIMENTAL - response for appending realtime audio input. */
export type ThreadRealtimeAppendAudioResponse = Readonly<Record<string, unknown>>;

/** EXPERIMENTAL - append speakable text to thread realtime. */
export interface ThreadRealtimeAppendSpeechParams {
  readonly text: string;
  readonly threadId: string;
}

/** EXPERIMENTAL - response for appending realtime speech. */
export type ThreadRealtimeAppendSpeechResponse = Readonly<Record<string, unknown>>;

/** EXPERIMENTAL - append text input to thread realtime. */
export interface ThreadRealtimeAppendTextParams {
  readonly role?: ConversationTextRole | undefined;
  readonly text: string;
  readonly threadId: string;
}

/** EXPERIMENTAL - response for appending realtime text input. */
export type ThreadRealtimeAppendTextResponse = Readonly<Record<string, unknown>>;

/** EXPERIMENTAL - thread realtime audio chunk. */
export interface ThreadRealtimeAudioChunk {
  readonly data: string;
  readonly itemId?: string | null | undefined;
  readonly numChannels: number;
  readonly sampleRate: number;
  readonly samplesPerChannel?: number | null | undefined;
}

/** EXPERIMENTAL - how an existing agent item appears in a realtime conversation. */
export type ThreadRealtimeBemItemPresentation =
  | {
      readonly type: 'wholeItem';
    }
  | {
      readonly type: 'inlineMarkdown';
    }
  | {
      readonly index: number;
      readonly type: 'inlineVisualization';
    };

/** EXPERIMENTAL - emitted when thread realtime transport closes. */
export interface ThreadRealtimeClosedNotification {
  readonly reason?: string | null | undefined;
  readonly threadId: string;
}

export type ThreadRealtimeCoverage = 'unsupported' | 'pending' | 'ready';

export interface ThreadRealtimeEntry {
  readonly item: ThreadRealtimeItem;
  readonly position: number;
}

/** EXPERIMENTAL - emitted when thread realtime encounters an error. */
export interface ThreadRealtimeErrorNotification {
  readonly message: string;
  readonly threadId: string;
}

/**
 * A frame holds one or more payloads, at most one per channel. They share one ID, observation time, and seal. V1
 * requires its only channel, `voice_transcript`.
 */
export interface ThreadRealtimeFrameChannels {
  readonly voice_transcript: ThreadRealtimeVoiceTranscript;
}

export type ThreadRealtimeHandoffMode = 'start' | 'steer';

/** EXPERIMENTAL - role-bearing text item included when a realtime V3 session starts. */
export interface ThreadRealtimeInitialItem {
  readonly role: ConversationTextRole;
  readonly text: string;
}

/** EXPERIMENTAL - a thread-scoped realtime item in the canonical timeline. */
export type ThreadRealtimeItem = {
  readonly id: string;
  /** Canonical observation time in Unix milliseconds for eligible voice calls. */
  readonly observedAtMs?: number | null | undefined;
  readonly realtimeSessionId: string;
} & (
  | {
      readonly type: 'realtimeSessionStarted';
    }
  | {
      readonly channels: ThreadRealtimeFrameChannels;
      readonly type: 'frame';
    }
  | {
      readonly role: ThreadRealtimeTranscriptRole;
      readonly text: string;
      readonly type: 'transcriptSegment';
    }
  | {
      readonly item_id: string;
      readonly presentation: ThreadRealtimeBemItemPresentation;
      readonly turn_id: string;
      readonly type: 'bemItemPromoted';
    }
  | {
      readonly outcome: ThreadRealtimeSessionOutcome;
      readonly type: 'realtimeSessionClosed';
    }
  | {
      readonly handoff_id: string;
      readonly input: string;
      readonly input_item_id: string;
      readonly mode: ThreadRealtimeHandoffMode;
      readonly source_event_ids: readonly string[];
      readonly turn_id: string;
      readonly type: 'turnInputAccepted';
    }
  | {
      readonly input: string;
      readonly input_item_id: string;
      readonly source_event_ids: readonly string[];
      readonly type: 'sessionEndInputSaved';
    }
);

/** EXPERIMENTAL - raw non-audio thread realtime item emitted by the backend. */
export interface ThreadRealtimeItemAddedNotification {
  readonly item: unknown;
  readonly threadId: string;
}

/** EXPERIMENTAL - a realtime timeline item published after canonical commit. */
export interface ThreadRealtimeItemCompletedNotification {
  readonly item: ThreadRealtimeItem;
  readonly threadId: string;
}

/** EXPERIMENTAL - a realtime timeline item started before its content streams. */
export interface ThreadRealtimeItemStartedNotification {
  readonly item: ThreadRealtimeItem;
  readonly threadId: string;
}

/** EXPERIMENTAL - text appended to an active realtime transcript item. */
export interface ThreadRealtimeItemTranscriptDeltaNotification {
  readonly delta: string;
  readonly itemId: string;
  readonly threadId: string;
}

export interface ThreadRealtimeListParams {
  readonly afterPosition?: number | null | undefined;
  readonly cursor?: string | null | undefined;
  /**
   * A required exact event ID, such as a completed item's acknowledgement. Returns pending until projected. Explicit
   * filters can exclude a known event.
   */
  readonly eventId?: string | null | undefined;
  /** Inclusive canonical observation time lower bound. */
  readonly fromObservedAtMs?: number | null | undefined;
  readonly limit?: number | null | undefined;
  /** Defaults to canonical observation time. */
  readonly order?: ThreadRealtimeOrder | null | undefined;
  /** Return pending until the projection includes this committed position. */
  readonly requiredThroughPosition?: number | null | undefined;
  readonly sessionId?: string | null | undefined;
  /** Exclusive committed position delimiting an immutable snapshot. */
  readonly snapshotEnd?: number | null | undefined;
  readonly threadId: string;
  /** Exclusive canonical observation time upper bound. */
  readonly toObservedAtMs?: number | null | undefined;
}

export interface ThreadRealtimeListResponse {
  readonly coverage: ThreadRealtimeCoverage;
  readonly data: readonly ThreadRealtimeEntry[];
  readonly nextCursor?: string | null | undefined;
  /** Exclusive position through which the projection has processed canonical history. */
  readonly projectedThroughItemIndex: number;
  readonly snapshotEnd: number;
}

/** EXPERIMENTAL - list voices supported by thread realtime. */
export type ThreadRealtimeListVoicesParams = Readonly<Record<string, unknown>>;

/** EXPERIMENTAL - response for listing supported realtime voices. */
export interface ThreadRealtimeListVoicesResponse {
  readonly voices: RealtimeVoicesList;
}

export type ThreadRealtimeOrder = 'observedAt' | 'position';

/** EXPERIMENTAL - streamed output audio emitted by thread realtime. */
export interface ThreadRealtimeOutputAudioDeltaNotification {
  readonly audio: ThreadRealtimeAudioChunk;
  readonly threadId: string;
}

/** EXPERIMENTAL - emitted with the remote SDP for a WebRTC realtime session. */
export interface ThreadRealtimeSdpNotification {
  readonly sdp: string;
  readonly threadId: string;
}

export type ThreadRealtimeSessionOutcome = 'ended' | 'failed';

/** EXPERIMENTAL - start a thread-scoped realtime session. */
export interface ThreadRealtimeStartParams {
  /** Relays public reasoning summaries as quiet context for realtime V3 delegations. Defaults to false. */
  readonly backendReasoningStatus?: boolean | undefined;
  /**
   * Leaves Codex response handoffs to the client's explicit append calls instead of forwarding them automatically.
   * Defaults to false.
   */
  readonly clientManagedHandoffs?: boolean | null | undefined;
  /**
   * Overrides BEM channel prefixes by `analysis`, `commentary`, or `final`. Omitted channels retain their default
   * uppercase bracketed prefixes.
   */
  readonly codexResponseHandoffChannelPrefixes?: Readonly<Record<string, readonly string[]>> | null | undefined;
  /**
   * Selects how automatic Codex responses are routed in Frameless Bidi sessions. Omitted values default to
   * `thinking`. Realtime V1 and V2 ignore this setting.
   */
  readonly codexResponseHandoffMode?: CodexResponseHandoffMode | null | undefined;
  /** Optional prefix added to automatic Codex response items when `codexResponsesAsItems` is true. */
  readonly codexResponseItemPrefix?: string | null | undefined;
  /** Sends automatic Codex responses as realtime conversation items instead of handoff appends. */
  readonly codexResponsesAsItems?: boolean | null | undefined;
  /**
   * Controls whether a realtime V3 delegation produces an acknowledgement filler. Omitted values preserve the
   * Realtime API's default behavior.
   */
  readonly delegationAckFiller?: boolean | null | undefined;
  /**
   * Routes any transcript tail remaining at session end through Codex. Defaults to false. TODO: Remove this rollout
   * knob once transcript-tail flushing is always enabled.
   */
  readonly flushTranscriptTailOnSessionEnd?: boolean | null | undefined;
  /** Set to false to start without Codex's startup context. Omitted or null includes it. */
  readonly includeStartupContext?: boolean | null | undefined;
  /**
   * Adds complete role-bearing text items to the initial Frameless Bidi session history. This is only supported by
   * realtime V3 and is sent during session startup. Requests are limited to 128 items and 8,192 estimated text tokens
   * in total.
   */
  readonly initialItems?: readonly ThreadRealtimeInitialItem[] | null | undefined;
  /** Overrides the configured realtime model for this session only. */
  readonly model?: string | null | undefined;
  /**
   * Selects text or audio output for the realtime session. Transport and voice stay independent so clients can choose
   * how they connect separately from what the model emits.
   */
  readonly outputModality: RealtimeOutputModality;
  readonly prompt?: string | null | undefined;
  /** Developer instructions given to the backing Codex model when this realtime session ends. */
  readonly realtimeEndInstructions?: string | null | undefined;
  readonly realtimeSessionId?: string | null | undefined;
  /** Developer instructions given to the backing Codex model when this realtime session starts. */
  readonly realtimeStartInstructions?: string | null | undefined;
  readonly threadId: string;
  readonly transport?: ThreadRealtimeStartTransport | null | undefined;
  /** Overrides the configured realtime protocol version for this session only. */
  readonly version?: RealtimeConversationVersion | null | undefined;
  readonly voice?: RealtimeVoice | null | undefined;
  /** Client-generated identifier for the product voice session. This is distinct from `realtimeSessionId`. */
  readonly voiceSessionId?: string | null | undefined;
}

/** EXPERIMENTAL - response for starting thread realtime. */
export type ThreadRealtimeStartResponse = Readonly<Record<string, unknown>>;

/** EXPERIMENTAL - transport used by thread realtime. */
export type ThreadRealtimeStartTransport =
  | {
      readonly type: 'websocket';
    }
  | {
      /**
       * SDP offer generated by a WebRTC RTCPeerConnection after configuring audio and the realtime events data channel.
       */
      readonly sdp: string;
      readonly type: 'webrtc';
    }
  | {
      /** Identifier of a realtime call already created and negotiated by the client. */
      readonly callId: string;
      readonly type: 'existingCall';
    };

/** EXPERIMENTAL - emitted when thread realtime startup is accepted. */
export interface ThreadRealtimeStartedNotification {
  readonly realtimeSessionId?: string | null | undefined;
  readonly threadId: string;
  readonly version: RealtimeConversationVersion;
}

/** EXPERIMENTAL - stop thread realtime. */
export interface ThreadRealtimeStopParams {
  readonly threadId: string;
}

/** EXPERIMENTAL - response for stopping thread realtime. */
export type ThreadRealtimeStopResponse = Readonly<Record<string, unknown>>;

/** EXPERIMENTAL - flat transcript delta emitted whenever realtime transcript text changes. */
export interface ThreadRealtimeTranscriptDeltaNotification {
  /** Live transcript delta from the realtime event. */
  readonly delta: string;
  readonly role: string;
  readonly threadId: string;
}

/** EXPERIMENTAL - final transcript text emitted when realtime completes a transcript part. */
export interface ThreadRealtimeTranscriptDoneNotification {
  readonly role: string;
  /** Final complete text for the transcript part. */
  readonly text: string;
  readonly threadId: string;
}

export type ThreadRealtimeTranscriptRole = 'user' | 'assistant';

export interface ThreadRealtimeVoiceTranscript {
  readonly role: ThreadRealtimeTranscriptRole;
  readonly text: string;
}

export interface ThreadResumeInitialTurnsPageParams {
  /** How much item detail to include for each returned turn; defaults to summary. */
  readonly itemsView?: TurnItemsView | null | undefined;
  /** Optional turn page size. */
  readonly limit?: number | null | undefined;
  /** Optional turn pagination direction; defaults to descending. */
  readonly sortDirection?: SortDirection | null | undefined;
}

/**
 * There are three ways to resume a thread: 1. By thread_id: load the thread from disk by thread_id and resume it. 2.
 * By history: instantiate the thread from memory and resume it. 3. By path: load the thread from disk by path and
 * resume it.
 *
 * For non-running threads, the precedence is: history > non-empty path > thread_id. If using history or a non-empty
 * path for a non-running thread, the thread_id param will be ignored.
 *
 * If thread_id identifies a running thread, app-server rejoins that thread and treats a non-empty path as a
 * consistency check against the active rollout path. Empty string path values are treated as absent.
 *
 * Prefer using thread_id whenever possible.
 */
export interface ThreadResumeParams {
  readonly approvalPolicy?: AskForApproval | null | undefined;
  /** Override where approval requests are routed for review on this thread and subsequent turns. */
  readonly approvalsReviewer?: ApprovalsReviewer | null | undefined;
  readonly baseInstructions?: string | null | undefined;
  readonly config?: Readonly<Record<string, unknown>> | null | undefined;
  readonly cwd?: string | null | undefined;
  readonly developerInstructions?: string | null | undefined;
  /**
   * When true, return only thread metadata and live-resume state without populating `thread.turns`. This is useful
   * when the client plans to call `thread/turns/list` immediately after resuming. Full-history hydration is
   * deprecated for paginated threads; use this with `thread/turns/list` and `thread/items/list` instead.
   */
  readonly excludeTurns?: boolean | undefined;
  /**
   * [UNSTABLE] FOR CODEX CLOUD - DO NOT USE. If specified, the thread will be resumed with the provided history
   * instead of loaded from disk.
   */
  readonly history?: readonly ResponseItem[] | null | undefined;
  /**
   * When present, include a `thread/turns/list` page in the resume response so clients can bootstrap recent turns
   * without a second request.
   */
  readonly initialTurnsPage?: ThreadResumeInitialTurnsPageParams | null | undefined;
  /** Configuration overrides for the resumed thread, if any. */
  readonly model?: string | null | undefined;
  readonly modelProvider?: string | null | undefined;
  /**
   * [UNSTABLE] Specify the rollout path to resume from. If specified for a non-running thread, the thread_id param
   * will be ignored. If thread_id identifies a running thread, the path must match the active rollout path.
   */
  readonly path?: string | null | undefined;
  /** Named profile id for the resumed thread. Cannot be combined with `sandbox`. */
  readonly permissions?: string | null | undefined;
  /**
   * @deprecated `friendly` and `pragmatic` no longer select a style. Changing this does not rewrite the thread's
   * existing instructions.
   */
  readonly personality?: Personality | null | undefined;
  /** Replace the thread's runtime workspace roots. Paths must be absolute. */
  readonly runtimeWorkspaceRoots?: readonly AbsolutePathBuf[] | null | undefined;
  readonly sandbox?: SandboxMode | null | undefined;
  readonly serviceTier?: string | null | undefined;
  readonly threadId: string;
}

export interface ThreadResumeResponse {
  /** Named or implicit built-in profile that produced the active permissions, when known. */
  readonly activePermissionProfile?: ActivePermissionProfile | null | undefined;
  readonly approvalPolicy: AskForApproval;
  /** Reviewer currently used for approval requests on this thread. */
  readonly approvalsReviewer: ApprovalsReviewer;
  /** Effective collaboration mode. Absent when resuming from an older server. */
  readonly collaborationMode?: CollaborationMode | null | undefined;
  readonly cwd: AbsolutePathBuf;
  /** Saved list of disabled plugin IDs. Does not yet filter plugin capabilities. */
  readonly disabledPluginIds?: readonly string[] | undefined;
  /** `thread/turns/list` page returned when requested by `initialTurnsPage`. */
  readonly initialTurnsPage?: TurnsPage | null | undefined;
  /** Environment-native paths to instruction source files currently loaded for this thread. */
  readonly instructionSources?: readonly LegacyAppPathString[] | undefined;
  /**
   * Opaque cursor for hydrating paginated items backwards.
   *
   * Pass this as `cursor` to `thread/items/list` with `sortDirection: "desc"`. The first page includes the item
   * identified by the cursor.
   */
  readonly itemsBackwardsCursor?: string | null | undefined;
  readonly model: string;
  readonly modelProvider: string;
  /** @deprecated Always `explicitRequestOnly`. Use `reasoningEffort` for Ultra behavior. */
  readonly multiAgentMode?: MultiAgentMode | undefined;
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  /** Thread-scoped runtime workspace roots used to materialize `:workspace_roots`. */
  readonly runtimeWorkspaceRoots?: readonly AbsolutePathBuf[] | undefined;
  /**
   * Legacy sandbox policy retained for compatibility. Experimental clients should prefer `activePermissionProfile`
   * for profile provenance.
   */
  readonly sandbox: SandboxPolicy;
  readonly serviceTier?: string | null | undefined;
  readonly thread: Thread;
  /**
   * Opaque cursor for hydrating paginated turns backwards.
   *
   * Pass this as `cursor` to `thread/turns/list` with `sortDirection: "desc"`. The first page includes the turn
   * identified by the cursor.
   */
  readonly turnsBackwardsCursor?: string | null | undefined;
}

/**
 * Replace a paginated thread's durable history with the prefix before one turn.
 *
 * This only changes persisted conversation history. It does not revert local file changes.
 */
export interface ThreadRevertParams {
  /** Turn excluded from the replacement history, together with every later turn. */
  readonly beforeTurnId: string;
  readonly threadId: string;
}

export interface ThreadRevertResponse {
  /**
   * Opaque cursor for hydrating paginated items backwards.
   *
   * Pass this as `cursor` to `thread/items/list` with `sortDirection: "desc"`. The first page includes the item
   * identified by the cursor.
   */
  readonly itemsBackwardsCursor?: string | null | undefined;
  /**
   * Updated loaded thread metadata. `turns` is always empty; hydrate retained history through `thread/turns/list`.
   */
  readonly thread: Thread;
  /**
   * Opaque cursor for hydrating paginated turns backwards.
   *
   * Pass this as `cursor` to `thread/turns/list` with `sortDirection: "desc"`. The first page includes the turn
   * identified by the cursor.
   */
  readonly turnsBackwardsCursor?: string | null | undefined;
}

export interface ThreadRevertedNotification {
  readonly threadId: string;
}

export interface ThreadSampleCancelParams {
  readonly requestId: RequestId;
}

export type ThreadSampleCancelResponse = Readonly<Record<string, unknown>>;

export interface ThreadSampleParams {
  /** Allow sampling the latest turn before it finishes. */
  readonly allowInProgressTurn?: boolean | undefined;
  /** Disable MCP servers when the inherited window uses incremental tools on Responses Lite. */
  readonly disableMcp?: boolean | undefined;
  /** Applied only when the provider and model support cache-preserving reasoning-effort updates. */
  readonly effort?: ReasoningEffort | null | undefined;
  /**
   * The loaded source's latest turn, which must be finished (completed, failed, or interrupted) unless
   * `allowInProgressTurn` is true.
   */
  readonly expectedTurnId: string;
  /** Override upstream interruption on cancellation for this sample; otherwise inherit the parent. */
  readonly interruptOnCancel?: boolean | null | undefined;
  readonly prompt: string;
  /** Optional metadata to enrich Codex's ResponsesAPI turn metadata. */
  readonly responsesapiClientMetadata?: Readonly<Record<string, string>> | null | undefined;
  readonly threadId: string;
  readonly threadSource?: ThreadSource | null | undefined;
  readonly turnTrigger?: string | null | undefined;
}

export interface ThreadSampleResponse {
  readonly cachedInputTokens?: number | null | undefined;
  readonly inputTokens?: number | null | undefined;
  readonly outputTokens?: number | null | undefined;
  readonly responseId: string;
  readonly sourceTurnId: string;
  /** Assistant text from the response, or null if it attempted a tool call or completed without text. */
  readonly text?: string | null | undefined;
}

/**
 * Request cancellation on the same connection. `thread/search/cancel` targets only `thread/search`;
 * `thread/search/stream/cancel` targets only `thread/search/stream`. Cancellation is idempotent: the cancel response
 * acknowledges the request, and an interrupted search completes with an error after its subprocess is stopped and
 * reaped. If completion races cancellation, the original search may still succeed. An already-completed search is
 * unaffected.
 */
export interface ThreadSearchCancelParams {
  readonly requestId: RequestId;
}

export type ThreadSearchCancelResponse = Readonly<Record<string, unknown>>;

/** One visible message occurrence returned by [`ThreadSearchOccurrencesResponse`]. */
export interface ThreadSearchOccurrence {
  readonly itemId: string;
  readonly snippet: string;
  /** Match range within `snippet`, in UTF-16 code units. */
  readonly snippetMatchRange: ThreadSearchTextRange;
  /** Opaque inclusive cursor accepted by `thread/turns/list` for this turn. */
  readonly turnCursor: string;
  readonly turnId: string;
}

/** Parameters for searching visible message occurrences within one paginated thread. */
export interface ThreadSearchOccurrencesParams {
  /** Opaque cursor returned by a previous call for the same thread and search term. */
  readonly cursor?: string | null | undefined;
  /** Optional occurrence page size. */
  readonly limit?: number | null | undefined;
  /**
   * Case-insensitive literal substring to find in visible user messages and both partial and final assistant answers.
   */
  readonly searchTerm: string;
  readonly threadId: string;
}

export interface ThreadSearchOccurrencesResponse {
  /** Occurrences in chronological message order. */
  readonly data: readonly ThreadSearchOccurrence[];
  /** Opaque cursor to continue after the last returned occurrence. */
  readonly nextCursor?: string | null | undefined;
}

export interface ThreadSearchParams {
  /**
   * Optional archived filter; when set to true, only archived threads are returned. If false or null, only
   * non-archived threads are returned.
   */
  readonly archived?: boolean | null | undefined;
  /** Show local history visible to the current ChatGPT account. Defaults to false. */
  readonly currentAccountOnly?: boolean | undefined;
  /** Opaque pagination cursor returned by a previous call. */
  readonly cursor?: string | null | undefined;
  /** Include persistent threads attached to a parent in search results. */
  readonly includeAttachedThreads?: boolean | undefined;
  /** Optional page size; defaults to a reasonable server-side value. */
  readonly limit?: number | null | undefined;
  /**
   * Required substring/full-text query. `thread/search/stream` limits this to 65,536 UTF-8 bytes after trimming
   * surrounding whitespace.
   */
  readonly searchTerm: string;
  /** Optional sort direction; defaults to descending (newest first). */
  readonly sortDirection?: SortDirection | null | undefined;
  /** Optional sort key; defaults to created_at. */
  readonly sortKey?: ThreadSearchSortKey | null | undefined;
  /**
   * Optional source filter; when set, only sessions from these source kinds are returned. When omitted or empty,
   * defaults to interactive sources.
   */
  readonly sourceKinds?: readonly ThreadSourceKind[] | null | undefined;
}

/**
 * A best-effort incremental batch for `thread/search/stream`. Match `requestId` to the request on this connection.
 * Only a small subset of verified matches may be emitted; rows are unique and arrive in discovery order, but may be
 * dropped under load or fall outside the final sorted page. Thread fields use stored metadata and the current watched
 * status; live thread settings are enriched in the final response. Replace provisional rows with the authoritative
 * final response. No partials follow it or an error.
 */
export interface ThreadSearchPartialNotification {
  readonly data: readonly ThreadSearchResult[];
  readonly requestId: RequestId;
}

export interface ThreadSearchResponse {
  /**
   * Opaque cursor to pass as `cursor` when reversing `sortDirection`. This is only populated when the page contains
   * at least one thread. Use it with the opposite `sortDirection`; for timestamp sorts it anchors at the start of the
   * page timestamp so same-second updates are not skipped.
   */
  readonly backwardsCursor?: string | null | undefined;
  readonly data: readonly ThreadSearchResult[];
  /**
   * Opaque cursor to pass to the next call to continue after the last item. if None, there are no more items to
   * return.
   */
  readonly nextCursor?: string | null | undefined;
}

export interface ThreadSearchResult {
  readonly snippet: string;
  readonly thread: Thread;
}

export type ThreadSearchSortKey = 'created_at' | 'updated_at' | 'recency_at';

/** UTF-16 code-unit range within `snippet`. */
export interface ThreadSearchTextRange {
  /** Exclusive UTF-16 code-unit offset. */
  readonly end: number;
  /** Inclusive UTF-16 code-unit offset. */
  readonly start: number;
}

/** Broadcast after a successful move into, within, or out of a section. */
export interface ThreadSectionChangedNotification {
  /** Destination section, or `null` when the thread was removed from its section. */
  readonly sectionId: string | null;
  readonly threadId: string;
}

/** Parameters for moving a thread within a server-owned section ordering. */
export interface ThreadSectionMoveParams {
  /** Existing thread to insert before; omission or null appends to the section. */
  readonly beforeThreadId?: string | null | undefined;
  /** Destination section, or `null` to remove the thread from its section. */
  readonly sectionId: string | null;
  /** Thread to move into, within, or out of a section. */
  readonly threadId: string;
}

export type ThreadSectionMoveResponse = Readonly<Record<string, unknown>>;

export interface ThreadSetNameParams {
  readonly name: string;
  readonly threadId: string;
}

export type ThreadSetNameResponse = Readonly<Record<string, unknown>>;

export interface ThreadSettings {
  readonly activePermissionProfile?: ActivePermissionProfile | null | undefined;
  readonly approvalPolicy: AskForApproval;
  readonly approvalsReviewer: ApprovalsReviewer;
  readonly collaborationMode: CollaborationMode;
  readonly cwd: AbsolutePathBuf;
  /** Saved list of disabled plugin IDs. Does not yet filter plugin capabilities. */
  readonly disabledPluginIds?: readonly string[] | undefined;
  readonly effort?: ReasoningEffort | null | undefined;
  /**
   * Environments configured for future turns, in priority order, primary first. `null` means the server does not
   * expose the selection; [] means none are selected.
   */
  readonly environments?: readonly ThreadEnvironment[] | null | undefined;
  readonly model: string;
  readonly modelProvider: string;
  /** @deprecated Always `explicitRequestOnly`. Use `effort` for Ultra behavior. */
  readonly multiAgentMode?: MultiAgentMode | undefined;
  /** @deprecated Reports the saved setting; `friendly` and `pragmatic` no longer select a style. */
  readonly personality?: Personality | null | undefined;
  readonly sandboxPolicy: SandboxPolicy;
  readonly serviceTier?: string | null | undefined;
  readonly summary?: ReasoningSummary | null | undefined;
}

export interface ThreadSettingsUpdateParams {
  /** Override the approval policy for subsequent turns. */
  readonly approvalPolicy?: AskForApproval | null | undefined;
  /** Override where approval requests are routed for subsequent turns. */
  readonly approvalsReviewer?: ApprovalsReviewer | null | undefined;
  /**
   * EXPERIMENTAL - Set a pre-set collaboration mode for subsequent turns.
   *
   * For `collaboration_mode.settings.developer_instructions`, `null` means "use the built-in instructions for the
   * selected mode".
   */
  readonly collaborationMode?: CollaborationMode | null | undefined;
  /** Override the working directory for subsequent turns. */
  readonly cwd?: string | null | undefined;
  /** Replace this thread's disabled plugin IDs. Omitted/null preserves the list; [] clears it. */
  readonly disabledPluginIds?: readonly string[] | null | undefined;
  /** Override the reasoning effort for subsequent turns. */
  readonly effort?: ReasoningEffort | null | undefined;
  /**
   * Replace the environments for future turns without changing the running turn. Omitted/null preserves the selection
   * unless `cwd` is also provided, which selects the default environments for that directory. [] clears the
   * selection.
   */
  readonly environments?: readonly TurnEnvironmentParams[] | null | undefined;
  /** Override the model for subsequent turns. */
  readonly model?: string | null | undefined;
  /** @deprecated Ignored. Use `effort: "ultra"` for proactive multi-agent behavior. */
  readonly multiAgentMode?: MultiAgentMode | null | undefined;
  /** Select a named permissions profile id for subsequent turns. Cannot be combined with `sandboxPolicy`. */
  readonly permissions?: string | null | undefined;
  /**
   * @deprecated `friendly` and `pragmatic` no longer select a style. Changing this does not rewrite the thread's
   * existing instructions.
   */
  readonly personality?: Personality | null | undefined;
  /** Override the sandbox policy for subsequent turns. */
  readonly sandboxPolicy?: SandboxPolicy | null | undefined;
  /**
   * Override the service tier for subsequent turns. `null` clears the current service tier; omission leaves it
   * unchanged.
   */
  readonly serviceTier?: string | null | undefined;
  /** Override the reasoning summary for subsequent turns. */
  readonly summary?: ReasoningSummary | null | undefined;
  readonly threadId: string;
}

export type ThreadSettingsUpdateResponse = Readonly<Record<string, unknown>>;

export interface ThreadSettingsUpdatedNotification {
  readonly threadId: string;
  readonly threadSettings: ThreadSettings;
}

export interface ThreadShellCommandParams {
  /**
   * Shell command string evaluated by the thread's configured shell. Unlike `command/exec`, this intentionally
   * preserves shell syntax such as pipes, redirects, and quoting. This runs unsandboxed with full access rather than
   * inheriting the thread sandbox policy.
   */
  readonly command: string;
  readonly threadId: string;
  /**
   * Maximum execution time in milliseconds. Defaults to one hour when omitted or null. Must be non-negative; zero
   * requests an immediate timeout, not unlimited execution. Does not affect the immediate RPC acknowledgement.
   */
  readonly timeoutMs?: number | null | undefined;
}

export type ThreadShellCommandResponse = Readonly<Record<string, unknown>>;

export type ThreadSortKey = 'created_at' | 'updated_at' | 'recency_at' | 'section_position';

export type ThreadSource = string;

export type ThreadSourceKind =
  | 'cli'
  | 'vscode'
  | 'exec'
  | 'appServer'
  | 'subAgent'
  | 'subAgentReview'
  | 'subAgentCompact'
  | 'subAgentThreadSpawn'
  | 'subAgentOther'
  | 'unknown';

export interface ThreadStartParams {
  /**
   * Allow a provider with an authoritative static model catalog to replace an unavailable requested model with its
   * default.
   */
  readonly allowProviderModelFallback?: boolean | undefined;
  readonly approvalPolicy?: AskForApproval | null | undefined;
  /** Override where approval requests are routed for review on this thread and subsequent turns. */
  readonly approvalsReviewer?: ApprovalsReviewer | null | undefined;
  readonly baseInstructions?: string | null | undefined;
  readonly config?: Readonly<Record<string, unknown>> | null | undefined;
  readonly cwd?: string | null | undefined;
  /**
   * Initial Daybreak choice for this persistent thread. Omitted or null leaves it unset. This does not select a
   * turn's `cyberAccessProgram` or grant access. Not supported for ephemeral threads.
   */
  readonly daybreakEnabled?: boolean | null | undefined;
  readonly developerInstructions?: string | null | undefined;
  readonly dynamicTools?: readonly DynamicToolSpec[] | null | undefined;
  /**
   * Optional sticky environments for this thread.
   *
   * Omitted selects the default environment when environment access is enabled. Empty disables environment access for
   * turns that do not provide a turn override. Non-empty selects the first environment as the current turn
   * environment.
   */
  readonly environments?: readonly TurnEnvironmentParams[] | null | undefined;
  readonly ephemeral?: boolean | null | undefined;
  /**
   * If true, opt into emitting raw Responses API items on the event stream. This is for internal use only (e.g. Codex
   * Cloud).
   */
  readonly experimentalRawEvents?: boolean | undefined;
  /** Persisted thread history contract to use for this new thread. */
  readonly historyMode?: ThreadHistoryMode | null | undefined;
  /**
   * Test-only experimental field used to validate experimental gating and schema filtering behavior in a stable way.
   */
  readonly mockExperimentalField?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly modelProvider?: string | null | undefined;
  /** @deprecated Ignored. Use Ultra reasoning effort for proactive multi-agent behavior. */
  readonly multiAgentMode?: MultiAgentMode | null | undefined;
  /** Named profile id for this thread. Cannot be combined with `sandbox`. */
  readonly permissions?: string | null | undefined;
  /** @deprecated `friendly` and `pragmatic` no longer select a style. */
  readonly personality?: Personality | null | undefined;
  /**
   * Optional project identity for this new thread. Durable threads persist the assignment; ephemeral threads expose
   * it only in live responses.
   */
  readonly projectId?: string | null | undefined;
  /** Replace the thread's runtime workspace roots. Paths must be absolute. */
  readonly runtimeWorkspaceRoots?: readonly AbsolutePathBuf[] | null | undefined;
  readonly sandbox?: SandboxMode | null | undefined;
  /** Capability roots selected for this thread by the hosting platform. */
  readonly selectedCapabilityRoots?: readonly SelectedCapabilityRoot[] | null | undefined;
  readonly serviceName?: string | null | undefined;
  readonly serviceTier?: string | null | undefined;
  readonly sessionStartSource?: ThreadStartSource | null | undefined;
  /** Optional client-supplied analytics source classification for this thread. */
  readonly threadSource?: ThreadSource | null | undefined;
}

export interface ThreadStartResponse {
  /** Named or implicit built-in profile that produced the active permissions, when known. */
  readonly activePermissionProfile?: ActivePermissionProfile | null | undefined;
  readonly approvalPolicy: AskForApproval;
  /** Reviewer currently used for approval requests on this thread. */
  readonly approvalsReviewer: ApprovalsReviewer;
  readonly cwd: AbsolutePathBuf;
  /** Saved list of disabled plugin IDs. Does not yet filter plugin capabilities. */
  readonly disabledPluginIds?: readonly string[] | undefined;
  /** Environment-native paths to instruction source files currently loaded for this thread. */
  readonly instructionSources?: readonly LegacyAppPathString[] | undefined;
  readonly model: string;
  readonly modelProvider: string;
  /** @deprecated Always `explicitRequestOnly`. Use `reasoningEffort` for Ultra behavior. */
  readonly multiAgentMode?: MultiAgentMode | undefined;
  readonly reasoningEffort?: ReasoningEffort | null | undefined;
  /** Thread-scoped runtime workspace roots used to materialize `:workspace_roots`. */
  readonly runtimeWorkspaceRoots?: readonly AbsolutePathBuf[] | undefined;
  /**
   * Legacy sandbox policy retained for compatibility. Experimental clients should prefer `activePermissionProfile`
   * for profile provenance.
   */
  readonly sandbox: SandboxPolicy;
  readonly serviceTier?: string | null | undefined;
  readonly thread: Thread;
}

export type ThreadStartSource = 'startup' | 'clear';

export interface ThreadStartedNotification {
  readonly thread: Thread;
}

export type ThreadStatus =
  | {
      readonly type: 'notLoaded';
    }
  | {
      readonly type: 'idle';
    }
  | {
      readonly type: 'systemError';
    }
  | {
      readonly activeFlags: readonly ThreadActiveFlag[];
      readonly type: 'active';
    };

export interface ThreadStatusChangedNotification {
  readonly status: ThreadStatus;
  readonly threadId: string;
}

/** EXPERIMENTAL - one item or turn boundary in canonical rollout order. */
export type ThreadTimelineEntry =
  | {
      readonly item: ThreadItem;
      readonly position: number;
      readonly turnId: string;
      readonly type: 'item';
    }
  | {
      readonly item: ThreadRealtimeItem;
      readonly position: number;
      readonly type: 'realtime';
    }
  | {
      readonly position: number;
      readonly started_at?: number | null | undefined;
      readonly turn_id: string;
      readonly type: 'turnStarted';
    }
  | {
      readonly completed_at?: number | null | undefined;
      readonly duration_ms?: number | null | undefined;
      readonly error?: TurnError | null | undefined;
      readonly position: number;
      readonly started_at?: number | null | undefined;
      readonly status: TurnStatus;
      readonly turn_id: string;
      readonly type: 'turnCompleted';
    };

/** EXPERIMENTAL - list ordinary and realtime thread history in rollout order. */
export interface ThreadTimelineListParams {
  readonly cursor?: string | null | undefined;
  readonly limit?: number | null | undefined;
  readonly threadId: string;
}

/** EXPERIMENTAL - a bounded timeline page with its resolved opening voice state. */
export interface ThreadTimelineListResponse {
  readonly activeRealtimeSessionAtPageStart?: string | null | undefined;
  readonly data: readonly ThreadTimelineEntry[];
  readonly nextCursor?: string | null | undefined;
}

export interface ThreadTokenUsage {
  readonly last: TokenUsageBreakdown;
  readonly modelContextWindow?: number | null | undefined;
  readonly total: TokenUsageBreakdown;
}

export interface ThreadTokenUsageUpdatedNotification {
  readonly threadId: string;
  readonly tokenUsage: ThreadTokenUsage;
  readonly turnId: string;
}

export interface ThreadTurnsListParams {
  /** Opaque cursor to pass to the next call to continue after the last turn. */
  readonly cursor?: string | null | undefined;
  /** How much item detail to include for each returned turn; defaults to summary. */
  readonly itemsView?: TurnItemsView | null | undefined;
  /** Optional turn page size. */
  readonly limit?: number | null | undefined;
  /** Optional turn pagination direction; defaults to descending. */
  readonly sortDirection?: SortDirection | null | undefined;
  readonly threadId: string;
}

export interface ThreadTurnsListResponse {
  /**
   * Opaque cursor to pass as `cursor` when reversing `sortDirection`. This is only populated when the page contains
   * at least one turn. Use it with the opposite `sortDirection` to include the anchor turn again and catch updates to
   * that turn.
   */
  readonly backwardsCursor?: string | null | undefined;
  readonly data: readonly Turn[];
  /**
   * Opaque cursor to pass to the next call to continue after the last turn. if None, there are no more turns to
   * return.
   */
  readonly nextCursor?: string | null | undefined;
}

export interface ThreadUnarchiveParams {
  readonly threadId: string;
}

export interface ThreadUnarchiveResponse {
  readonly thread: Thread;
}

export interface ThreadUnarchivedNotification {
  readonly threadId: string;
}

export type ThreadUnreadPosition =
  | {
      readonly type: 'threadStart';
    }
  | {
      readonly turnId: string;
      readonly type: 'turn';
    };

export interface ThreadUnsubscribeParams {
  readonly threadId: string;
}

export interface ThreadUnsubscribeResponse {
  readonly status: ThreadUnsubscribeStatus;
}

export type ThreadUnsubscribeStatus = 'notLoaded' | 'notSubscribed' | 'unsubscribed';

export interface TokenUsageBreakdown {
  readonly cacheWriteInputTokens?: number | undefined;
  readonly cachedInputTokens: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly reasoningOutputTokens: number;
  readonly totalTokens: number;
}

export interface TurnsPage {
  readonly backwardsCursor?: string | null | undefined;
  readonly data: readonly Turn[];
  readonly nextCursor?: string | null | undefined;
}
