// Generated from CLI 0.171.0 by `npm run protocol:generate`.

/**
 * A path that is guaranteed to be absolute and normalized (though it is not guaranteed to be canonicalized or exist
 * on the filesystem).
 *
 * IMPORTANT: When deserializing an `AbsolutePathBuf`, a base path must be set using [AbsolutePathBufGuard::new]. If
 * no base path is set, the deserialization will fail unless the path being deserialized is already absolute.
 */
export type AbsolutePathBuf = string;

export type AgentMessageDelivery = 'async';

/** How Chat should present a recovered answer. */
export type AgentMessageDisplay =
  | {
      readonly annotation?: AnswerAnnotation | null | undefined;
      readonly mode: 'show';
      readonly trustedContacts: TrustedContacts;
      readonly version: 1;
    }
  | {
      readonly mode: 'hide';
      readonly replacement: AnswerReplacement;
      readonly version: 1;
    }
  | {
      readonly mode: 'block';
      readonly reason: BlockReason;
      readonly version: 1;
    };

export interface AgentMessageModeration {
  readonly display?: AgentMessageDisplay | null | undefined;
  readonly moderated: boolean;
}

export type AllowDenyRequirement = 'allow' | 'deny';

export type AnswerAnnotation = {
  readonly kind: 'wellbeingHelpline';
  readonly subject: HelplineSubject;
};

export type AnswerReplacement = {
  readonly kind: 'wellbeingPromptHelpline';
};

/**
 * Configures who approval requests are routed to for review. Examples include sandbox escapes, blocked network
 * access, MCP approval prompts, and ARC escalations. Defaults to `user`. `auto_review` uses a carefully prompted
 * subagent to gather relevant context and apply a risk-based decision framework before approving or denying the
 * request. The legacy value `guardian_subagent` is accepted for compatibility.
 */
export type ApprovalsReviewer = 'user' | 'auto_review' | 'guardian_subagent';

export type AskForApproval =
  | 'untrusted'
  | 'on-request'
  | 'never'
  | {
      readonly granular: {
        readonly mcp_elicitations: boolean;
        readonly request_permissions?: boolean | undefined;
        readonly rules: boolean;
        readonly sandbox_approval: boolean;
        readonly skill_approval?: boolean | undefined;
      };
    };

export interface AsyncUserInputQuestion {
  readonly options?: readonly string[] | null | undefined;
  readonly title: string;
}

export type BlockReason =
  | {
      readonly kind: 'protection';
      /** Identifies the same moderation row that Chat writes on the live path. */
      readonly protectionType: string;
    }
  | {
      readonly kind: 'cyber';
      readonly trustedAccess?: boolean | null | undefined;
    };

export interface ByteRange {
  readonly end: number;
  readonly start: number;
}

/**
 * This translation layer make sure that we expose codex error code in camel case.
 *
 * When an upstream HTTP status is available (for example, from the Responses API or a provider), it is forwarded in
 * `httpStatusCode` on the relevant `codexErrorInfo` variant.
 */
export type CodexErrorInfo =
  | 'contextWindowExceeded'
  | 'sessionBudgetExceeded'
  | 'usageLimitExceeded'
  | 'rateLimitExceeded'
  | 'flexUnavailable'
  | 'serverOverloaded'
  | 'modelNotFound'
  | 'policyCapacityUnavailable'
  | 'cyberPolicy'
  | 'bioPolicy'
  | 'misalignmentPolicyViolation'
  | 'tooManyDenials'
  | 'internalServerError'
  | 'unauthorized'
  | 'badRequest'
  | 'threadRollbackFailed'
  | 'sandboxError'
  | 'other'
  | 'inferenceHookDenied'
  | {
      readonly httpConnectionFailed: {
        readonly httpStatusCode?: number | null | undefined;
      };
    }
  | {
      readonly responseStreamConnectionFailed: {
        readonly httpStatusCode?: number | null | undefined;
      };
    }
  | {
      readonly responseStreamDisconnected: {
        readonly httpStatusCode?: number | null | undefined;
      };
    }
  | {
      readonly responseTooManyFailedAttempts: {
        readonly httpStatusCode?: number | null | undefined;
      };
    }
  | {
      readonly activeTurnNotSteerable: {
        readonly turnKind: NonSteerableTurnKind;
      };
    }
  | string
  | Readonly<Record<string, unknown>>;

export interface CollabAgentState {
  readonly message?: string | null | undefined;
  readonly status: CollabAgentStatus;
}

export type CollabAgentStatus =
  | 'pendingInit'
  | 'running'
  | 'interrupted'
  | 'completed'
  | 'errored'
  | 'shutdown'
  | 'notFound';

export type CollabAgentTool =
  | 'spawnAgent'
  | 'sendInput'
  | 'resumeAgent'
  | 'wait'
  | 'closeAgent'
  | 'sendMessage'
  | 'followupTask'
  | 'interruptAgent'
  | 'listAgents';

export type CollabAgentToolCallStatus = 'inProgress' | 'completed' | 'failed' | 'interrupted';

/** Collaboration mode for a Codex session. */
export interface CollaborationMode {
  readonly mode: ModeKind;
  readonly settings: Settings;
}

export type CommandAction =
  | {
      readonly command: string;
      readonly name: string;
      readonly path: LegacyAppPathString;
      readonly type: 'read';
    }
  | {
      readonly command: string;
      readonly path?: string | null | undefined;
      readonly type: 'listFiles';
    }
  | {
      readonly command: string;
      readonly path?: string | null | undefined;
      readonly query?: string | null | undefined;
      readonly type: 'search';
    }
  | {
      readonly command: string;
      readonly type: 'unknown';
    };

export type CommandExecutionSource = 'agent' | 'userShell' | 'unifiedExecStartup' | 'unifiedExecInteraction';

export type CommandExecutionStatus = 'inProgress' | 'completed' | 'failed' | 'declined';

/**
 * Requested cyber treatment for an OpenAI model turn. Authorization and model-tier restrictions remain server-owned.
 */
export type CyberAccessProgram = 'standard' | 'daybreakBlue' | 'daybreakRed';

export type DynamicToolCallOutputContentItem =
  | {
      readonly text: string;
      readonly type: 'inputText';
    }
  | {
      readonly imageUrl: string;
      readonly type: 'inputImage';
    }
  | {
      readonly audioUrl: string;
      readonly type: 'inputAudio';
    };

export type DynamicToolCallStatus = 'inProgress' | 'completed' | 'failed';

export interface FileUpdateChange {
  readonly diff: string;
  readonly kind: PatchChangeKind;
  readonly path: string;
}

export type ForcedLoginMethod = 'chatgpt' | 'api';

export type FunctionCallOutputBody = string | readonly FunctionCallOutputContentItem[];

/**
 * Responses API compatible content items that can be returned by a tool call. This is a subset of ContentItem with
 * the types we support as function call outputs.
 */
export type FunctionCallOutputContentItem =
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
      readonly encrypted_content: string;
      readonly type: 'encrypted_content';
    };

/** [UNSTABLE] Risk level assigned by approval auto-review. */
export type GuardianRiskLevel = 'low' | 'medium' | 'high' | 'critical';

/** [UNSTABLE] Authorization level assigned by approval auto-review. */
export type GuardianUserAuthorization = 'unknown' | 'low' | 'medium' | 'high';

export type HelplineSubject = 'answer' | 'prompt';

export type HookEventName =
  | 'preModelRequest'
  | 'postModelRequest'
  | 'preToolUse'
  | 'permissionRequest'
  | 'postToolUse'
  | 'preCompact'
  | 'postCompact'
  | 'sessionStart'
  | 'sessionEnd'
  | 'userPromptSubmit'
  | 'subagentStart'
  | 'subagentStop'
  | 'stop'
  | 'interrupt';

export interface HookPromptFragment {
  readonly hookRunId: string;
  readonly text: string;
}

export type HookSource =
  | 'system'
  | 'user'
  | 'project'
  | 'mdm'
  | 'sessionFlags'
  | 'plugin'
  | 'cloudRequirements'
  | 'cloudManagedConfig'
  | 'legacyManagedConfigFile'
  | 'legacyManagedConfigMdm'
  | 'unknown';

export type ImageDetail = 'auto' | 'low' | 'high' | 'original';

export type ImageGenerationFailure = {
  readonly limitId: string;
  readonly resetsAt?: number | null | undefined;
  readonly type: 'usageLimitExceeded';
};

/** A local image file successfully read for this exact image-generation request. */
export interface ImageGenerationInputImage {
  readonly path: AbsolutePathBuf;
  /** Lowercase SHA-256 of the file bytes read before image normalization. */
  readonly sha256: string;
}

export type LegacyAppPathString = string;

export type McpAppDisplayMode = 'inline' | 'fullscreen';

/** UI resource and display preference for model invocations, captured from the tool descriptor. */
export interface McpAppUi {
  readonly preferredModelDisplayMode: McpAppDisplayMode;
  readonly resourceUri: string;
}

export interface McpToolCallAppContext {
  readonly actionName?: string | null | undefined;
  readonly appName?: string | null | undefined;
  readonly connectorId: string;
  readonly linkId?: string | null | undefined;
  readonly resourceUri?: string | null | undefined;
}

export interface McpToolCallError {
  readonly message: string;
}

export interface McpToolCallResult {
  readonly _meta?: unknown;
  readonly content: readonly unknown[];
  readonly structuredContent?: unknown;
}

export type McpToolCallStatus = 'inProgress' | 'completed' | 'failed';

export interface MemoryCitation {
  readonly entries: readonly MemoryCitationEntry[];
  readonly threadIds: readonly string[];
}

export interface MemoryCitationEntry {
  readonly lineEnd: number;
  readonly lineStart: number;
  readonly note: string;
  readonly path: string;
}

/**
 * Classifies assistant text as commentary, a partial answer, or a terminal answer.
 *
 * Providers do not emit this consistently, so callers must treat `None` as "phase unknown" and keep compatibility
 * behavior for legacy models.
 */
export type MessagePhase = 'commentary' | 'partial_answer' | 'final_answer';

export interface MisalignmentErrorDetails {
  /** A substantive localized explanation is required before offering continuation. */
  readonly detailedExplanation?: string | null | undefined;
  /** Open-ended classification; clients must accept categories added by Responses. */
  readonly errorType?: string | null | undefined;
  /** Opaque server-issued block target. Presence alone does not enable target-based continuation. */
  readonly reviewTarget?: string | null | undefined;
  /** Instruction to submit as the next turn's user input if continuation is confirmed. */
  readonly steer?: MisalignmentSteer | null | undefined;
}

export interface MisalignmentSteer {
  readonly message: string;
}

/** Initial collaboration mode to use when the TUI starts. */
export type ModeKind = 'plan' | 'default';

/**
 * Controls the effective multi-agent delegation instructions for a turn. `custom` means the configured mode hint
 * defines the policy instead of a built-in policy.
 */
export type MultiAgentMode =
  | 'explicitRequestOnly'
  | 'proactive'
  | {
      readonly custom: string;
    };

export type NetworkAccess = 'restricted' | 'enabled';

export interface NetworkPolicyAmendment {
  readonly action: NetworkPolicyRuleAction;
  readonly host: string;
}

export type NetworkPolicyRuleAction = 'allow' | 'deny';

export type NonSteerableTurnKind = 'review' | 'compact';

export type PatchApplyStatus = 'inProgress' | 'completed' | 'failed' | 'declined';

export type PatchChangeKind =
  | {
      readonly type: 'add';
    }
  | {
      readonly type: 'delete';
    }
  | {
      readonly move_path?: string | null | undefined;
      readonly type: 'update';
    };

/** Deprecated: `friendly` and `pragmatic` no longer select a style. */
export type Personality = 'none' | 'friendly' | 'pragmatic';

/** A non-empty reasoning effort value advertised by the model. */
export type ReasoningEffort = string;

/**
 * A summary of the reasoning performed by the model. This can be useful for debugging and understanding the model's
 * reasoning process. See https://platform.openai.com/docs/guides/reasoning?api-mode=responses#reasoning-summaries
 */
export type ReasoningSummary = 'auto' | 'concise' | 'detailed' | 'none';

export type RequestId = string | number;

/** User's decision in response to an ExecApprovalRequest. */
export type ReviewDecision =
  | 'approved'
  | {
      readonly approved_execpolicy_amendment: {
        readonly proposed_execpolicy_amendment: readonly string[];
      };
    }
  | 'approved_for_session'
  | 'approved_mcp_policy_amendment'
  | {
      readonly network_policy_amendment: {
        readonly network_policy_amendment: NetworkPolicyAmendment;
      };
    }
  | {
      readonly denied: {
        readonly rejection: string;
      };
    }
  | 'timed_out'
  | 'abort';

export type SandboxMode = 'read-only' | 'workspace-write' | 'danger-full-access';

export type SandboxPolicy =
  | {
      readonly type: 'dangerFullAccess';
    }
  | {
      readonly networkAccess?: boolean | undefined;
      readonly type: 'readOnly';
    }
  | {
      readonly networkAccess?: NetworkAccess | undefined;
      readonly type: 'externalSandbox';
    }
  | {
      readonly excludeSlashTmp?: boolean | undefined;
      readonly excludeTmpdirEnvVar?: boolean | undefined;
      readonly networkAccess?: boolean | undefined;
      readonly type: 'workspaceWrite';
      readonly writableRoots?: readonly AbsolutePathBuf[] | undefined;
    };

/** Settings for a collaboration mode. */
export interface Settings {
  readonly developer_instructions?: string | null | undefined;
  readonly model: string;
  readonly reasoning_effort?: ReasoningEffort | null | undefined;
}

export interface SkillInterface {
  readonly brandColor?: string | null | undefined;
  readonly defaultPrompt?: string | null | undefined;
  readonly displayName?: string | null | undefined;
  readonly iconLarge?: AbsolutePathBuf | null | undefined;
  /** Remote large icon URL from the plugin catalog. */
  readonly iconLargeUrl?: string | null | undefined;
  readonly iconSmall?: AbsolutePathBuf | null | undefined;
  /** Remote small icon URL from the plugin catalog. */
  readonly iconSmallUrl?: string | null | undefined;
  readonly shortDescription?: string | null | undefined;
}

export type SortDirection = 'asc' | 'desc';

export type SubAgentActivityKind = 'started' | 'interacted' | 'interrupted' | 'completed';

export interface TextElement {
  /** Byte range in the parent `text` buffer that this element occupies. */
  readonly byteRange: ByteRange;
  /** Optional human-readable placeholder for the element, displayed in the UI. */
  readonly placeholder?: string | null | undefined;
}

export type ThreadId = string;

/** A thread item and its recorded lifecycle times. The payload stays flat on the wire. */
export type ThreadItem = {
  /** Unix timestamp in milliseconds when the item completed, if recorded. */
  readonly completedAtMs?: number | null | undefined;
  /** Unix timestamp in milliseconds when the item started, if recorded. */
  readonly startedAtMs?: number | null | undefined;
} & (
  | {
      readonly clientId?: string | null | undefined;
      readonly content: readonly UserInput[];
      readonly id: string;
      readonly type: 'userMessage';
    }
  | {
      readonly fragments: readonly HookPromptFragment[];
      readonly id: string;
      readonly type: 'hookPrompt';
    }
  | {
      readonly delivery?: AgentMessageDelivery | null | undefined;
      readonly id: string;
      readonly memoryCitation?: MemoryCitation | null | undefined;
      readonly moderation?: AgentMessageModeration | null | undefined;
      readonly phase?: MessagePhase | null | undefined;
      readonly questions?: readonly AsyncUserInputQuestion[] | null | undefined;
      readonly text: string;
      readonly type: 'agentMessage';
    }
  | {
      readonly id: string;
      readonly name: string;
      readonly namespace?: string | null | undefined;
      readonly output: FunctionCallOutputBody;
      readonly type: 'functionCallOutput';
    }
  | {
      readonly id: string;
      readonly text: string;
      readonly type: 'plan';
    }
  | {
      readonly content?: readonly string[] | undefined;
      readonly id: string;
      readonly summary?: readonly string[] | undefined;
      readonly type: 'reasoning';
    }
  | {
      /** The command's output, aggregated from stdout and stderr. */
      readonly aggregatedOutput?: string | null | undefined;
      /** The command to be executed. */
      readonly command: string;
      /**
       * A best-effort parsing of the command to understand the action(s) it will perform. This returns a list of
       * CommandAction objects because a single shell command may be composed of many commands piped together.
       */
      readonly commandActions: readonly CommandAction[];
      /** The command's working directory. */
      readonly cwd: LegacyAppPathString;
      /** The duration of the command execution in milliseconds. */
      readonly durationMs?: number | null | undefined;
      /** The command's exit code. */
      readonly exitCode?: number | null | undefined;
      readonly id: string;
      /** Trusted first-party plugin id when this command resolves to one plugin script. */
      readonly pluginId?: string | null | undefined;
      /** Identifier for the underlying PTY process (when available). */
      readonly processId?: string | null | undefined;
      /** Safe plugin-relative path when this command resolves to one plugin script. */
      readonly scriptPath?: string | null | undefined;
      readonly source?: CommandExecutionSource | undefined;
      readonly status: CommandExecutionStatus;
      readonly type: 'commandExecution';
    }
  | {
      readonly changes: readonly FileUpdateChange[];
      readonly id: string;
      readonly status: PatchApplyStatus;
      readonly type: 'fileChange';
    }
  | {
      readonly appContext?: McpToolCallAppContext | null | undefined;
      readonly arguments: unknown;
      /** The duration of the MCP tool call in milliseconds. */
      readonly durationMs?: number | null | undefined;
      /** Registration scope, not necessarily the server's execution environment. */
      readonly environmentId?: string | null | undefined;
      readonly error?: McpToolCallError | null | undefined;
      readonly id: string;
      /** Legacy compatibility field; prefer `mcpAppUi.resourceUri` when available. */
      readonly mcpAppResourceUri?: string | null | undefined;
      /** Presentation captured from the invoked descriptor; absent in older history. */
      readonly mcpAppUi?: McpAppUi | null | undefined;
      readonly pluginId?: string | null | undefined;
      readonly readOnlyHint?: boolean | null | undefined;
      readonly result?: McpToolCallResult | null | undefined;
      readonly server: string;
      readonly status: McpToolCallStatus;
      readonly tool: string;
      readonly type: 'mcpToolCall';
    }
  | {
      readonly arguments: unknown;
      readonly contentItems?: readonly DynamicToolCallOutputContentItem[] | null | undefined;
      /** The duration of the dynamic tool call in milliseconds. */
      readonly durationMs?: number | null | undefined;
      readonly id: string;
      readonly namespace?: string | null | undefined;
      readonly status: DynamicToolCallStatus;
      readonly success?: boolean | null | undefined;
      readonly tool: string;
      readonly type: 'dynamicToolCall';
    }
  | {
      /** Last known status of the target agents, when available. */
      readonly agentsStates: Readonly<Record<string, CollabAgentState>>;
      /** Unique identifier for this collab tool call. */
      readonly id: string;
      /** Model requested for the spawned agent, when applicable. */
      readonly model?: string | null | undefined;
      /** Prompt text sent as part of the collab tool call, when available. */
      readonly prompt?: string | null | undefined;
      /** Reasoning effort requested for the spawned agent, when applicable. */
      readonly reasoningEffort?: ReasoningEffort | null | undefined;
      /**
       * Thread ID of the receiving agent, when applicable. In case of spawn operation, this corresponds to the newly
       * spawned agent.
       */
      readonly receiverThreadIds: readonly string[];
      /** Thread ID of the agent issuing the collab request. */
      readonly senderThreadId: string;
      /** Current status of the collab tool call. */
      readonly status: CollabAgentToolCallStatus;
      /** Name of the collab tool that was invoked. */
      readonly tool: CollabAgentTool;
      readonly type: 'collabAgentToolCall';
    }
  | {
      readonly agentPath: string;
      readonly agentThreadId: string;
      readonly id: string;
      readonly kind: SubAgentActivityKind;
      /** Resolved model at sub-agent creation; absent from older records and other activities. */
      readonly model?: string | null | undefined;
      /** Resolved reasoning effort at sub-agent creation, when known. */
      readonly reasoningEffort?: ReasoningEffort | null | undefined;
      readonly type: 'subAgentActivity';
    }
  | {
      readonly action?: WebSearchAction | null | undefined;
      readonly id: string;
      readonly query: string;
      /**
       * Structured search results returned out-of-band by standalone web search.
       *
       * These stay as opaque JSON at the extension/app-server boundary so new result fields and result types can pass
       * through without a Codex release.
       */
      readonly results?: readonly unknown[] | null | undefined;
      readonly type: 'webSearch';
    }
  | {
      readonly id: string;
      readonly path: LegacyAppPathString;
      readonly type: 'imageView';
    }
  | {
      readonly durationMs: number;
      readonly id: string;
      readonly type: 'sleep';
    }
  | ({
      readonly failure?: ImageGenerationFailure | null | undefined;
      /** Image generation identifier for the generated image, when provided by the image backend. */
      readonly generationId?: string | null | undefined;
      readonly id: string;
      /** Observed local inputs for a completed generation, absent on older items. */
      readonly inputImages?: readonly ImageGenerationInputImage[] | undefined;
      readonly revisedPrompt?: string | null | undefined;
      readonly savedPath?: AbsolutePathBuf | null | undefined;
      readonly status: string;
      readonly transparentBackground?: boolean | null | undefined;
      readonly type: 'imageGeneration';
    } & (
      | {
          readonly fileId: string;
        }
      | {
          readonly result: string;
        }
    ))
  | {
      readonly id: string;
      readonly review: string;
      readonly type: 'enteredReviewMode';
    }
  | {
      readonly id: string;
      readonly review: string;
      readonly type: 'exitedReviewMode';
    }
  | {
      readonly id: string;
      readonly type: 'contextCompaction';
    }
);

/** An independently persisted, user-visible thread section. */
export interface ThreadSection {
  /** Optional appearance synchronized across clients. */
  readonly appearance?: ThreadSectionAppearance | null | undefined;
  /** Opaque UUIDv7 identity that remains stable when the section is renamed. */
  readonly id: string;
  /** The current user-visible section name. */
  readonly name: string;
}

/** Extensible visual presentation for a custom thread section. */
export interface ThreadSectionAppearance {
  readonly color?: string | null | undefined;
  readonly icon?: string | null | undefined;
}

export type TrustedContacts = 'check' | 'skip';

export interface Turn {
  /** Unix timestamp (in seconds) when the turn completed. */
  readonly completedAt?: number | null | undefined;
  /** Duration between turn start and completion in milliseconds, if known. */
  readonly durationMs?: number | null | undefined;
  /** Error associated with a failed or interrupted turn. */
  readonly error?: TurnError | null | undefined;
  /** Identifier for this turn. Codex-generated turn IDs are UUIDv7. */
  readonly id: string;
  /** Thread items currently included in this turn payload. */
  readonly items: readonly ThreadItem[];
  /** Describes how much of `items` has been loaded for this turn. */
  readonly itemsView?: TurnItemsView | undefined;
  /**
   * ID of the first turn in the chain of work that led to this turn. Pass this as `rootTurnId` when starting work on
   * behalf of this turn. May be null in older history or a `review/start` response.
   */
  readonly rootTurnId?: string | null | undefined;
  /** Unix timestamp (in seconds) when the turn started. */
  readonly startedAt?: number | null | undefined;
  readonly status: TurnStatus;
}

export interface TurnEnvironmentParams {
  readonly cwd: LegacyAppPathString;
  readonly environmentId: string;
  /** Environment-native runtime workspace roots. Omitted defaults to `cwd`. */
  readonly runtimeWorkspaceRoots?: readonly LegacyAppPathString[] | null | undefined;
}

export interface TurnError {
  readonly additionalDetails?: string | null | undefined;
  readonly codexErrorInfo?: CodexErrorInfo | null | undefined;
  readonly message: string;
  /** Optional public explanation and continuation instruction for a misalignment block. */
  readonly misalignment?: MisalignmentErrorDetails | null | undefined;
}

export type TurnItemsView = 'notLoaded' | 'summary' | 'full';

export type TurnStatus = 'completed' | 'interrupted' | 'failed' | 'inProgress';

export type UserInput =
  | {
      readonly text: string;
      /** UI-defined spans within `text` used to render or persist special elements. */
      readonly text_elements?: readonly TextElement[] | undefined;
      readonly type: 'text';
    }
  | ({
      readonly detail?: ImageDetail | null | undefined;
      readonly type: 'image';
    } & (
      | {
          readonly url: string;
        }
      | {
          readonly fileId: string;
        }
    ))
  | {
      readonly detail?: ImageDetail | null | undefined;
      readonly path: string;
      readonly type: 'localImage';
    }
  | ({
      readonly type: 'audio';
    } & (
      | {
          readonly url: string;
        }
      | {
          readonly fileId: string;
        }
    ))
  | {
      readonly path: string;
      readonly type: 'localAudio';
    }
  | {
      readonly name: string;
      readonly path: string;
      readonly type: 'skill';
    }
  | {
      readonly name: string;
      readonly path: string;
      readonly type: 'mention';
    };

export type WebSearchAction =
  | {
      readonly queries?: readonly string[] | null | undefined;
      readonly query?: string | null | undefined;
      readonly type: 'search';
    }
  | {
      readonly type: 'openPage';
      readonly url?: string | null | undefined;
    }
  | {
      readonly pattern?: string | null | undefined;
      readonly type: 'findInPage';
      readonly url?: string | null | undefined;
    }
  | {
      readonly type: 'other';
    };

export type WebSearchMode = 'disabled' | 'cached' | 'indexed' | 'live';
