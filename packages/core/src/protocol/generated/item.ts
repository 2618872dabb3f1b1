// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type {
  AbsolutePathBuf,
  CommandAction,
  DynamicToolCallOutputContentItem,
  FileUpdateChange,
  GuardianRiskLevel,
  GuardianUserAuthorization,
  LegacyAppPathString,
  NetworkPolicyAmendment,
  ThreadItem,
} from './shared.js';

export interface AdditionalFileSystemPermissions {
  readonly entries?: readonly FileSystemSandboxEntry[] | null | undefined;
  readonly globScanMaxDepth?: number | null | undefined;
  /** This will be removed in favor of `entries`. */
  readonly read?: readonly LegacyAppPathString[] | null | undefined;
  /** This will be removed in favor of `entries`. */
  readonly write?: readonly LegacyAppPathString[] | null | undefined;
}

export interface AdditionalNetworkPermissions {
  readonly enabled?: boolean | null | undefined;
}

export interface AdditionalPermissionProfile {
  readonly fileSystem?: AdditionalFileSystemPermissions | null | undefined;
  /** Partial overlay used for per-command permission requests. */
  readonly network?: AdditionalNetworkPermissions | null | undefined;
}

export interface AgentMessageDeltaNotification {
  readonly delta: string;
  readonly itemId: string;
  readonly threadId: string;
  readonly turnId: string;
}

/** [UNSTABLE] Source that produced a terminal approval auto-review decision. */
export type AutoReviewDecisionSource = 'agent';

export type CommandExecutionApprovalDecision =
  | 'accept'
  | 'acceptForSession'
  | {
      readonly acceptWithExecpolicyAmendment: {
        readonly execpolicy_amendment: readonly string[];
      };
    }
  | {
      readonly applyNetworkPolicyAmendment: {
        readonly network_policy_amendment: NetworkPolicyAmendment;
      };
    }
  | 'decline'
  | 'cancel';

/** Distinguishes a command approval from input sent to an existing terminal. */
export type CommandExecutionApprovalKind = 'command' | 'writeStdin' | 'humanCommand';

export interface CommandExecutionOutputDeltaNotification {
  readonly delta: string;
  readonly itemId: string;
  readonly threadId: string;
  readonly turnId: string;
}

export interface CommandExecutionRequestApprovalParams {
  /** Optional additional permissions requested for this command. */
  readonly additionalPermissions?: AdditionalPermissionProfile | null | undefined;
  /**
   * Unique identifier for this specific approval callback.
   *
   * For regular shell/unified_exec approvals, this is null.
   *
   * For zsh-exec-bridge subcommand approvals, multiple callbacks can belong to one parent `itemId`, so `approvalId`
   * is a distinct opaque callback id (a UUID) used to disambiguate routing. Stdin approvals also use a distinct
   * callback id; inspect `kind` to distinguish them.
   */
  readonly approvalId?: string | null | undefined;
  /** Ordered list of decisions the client may present for this prompt. */
  readonly availableDecisions?: readonly CommandExecutionApprovalDecision[] | null | undefined;
  /** The command to be executed. */
  readonly command?: string | null | undefined;
  /** Best-effort parsed command actions for friendly display. */
  readonly commandActions?: readonly CommandAction[] | null | undefined;
  /** The command's working directory. */
  readonly cwd?: LegacyAppPathString | null | undefined;
  /** Environment in which the command will run. */
  readonly environmentId?: string | null | undefined;
  readonly itemId: string;
  /** Kind of action under review. Defaults to `command` for older servers. */
  readonly kind?: CommandExecutionApprovalKind | undefined;
  /** Optional context for a managed-network approval prompt. */
  readonly networkApprovalContext?: NetworkApprovalContext | null | undefined;
  /** Optional proposed execpolicy amendment to allow similar commands without prompting. */
  readonly proposedExecpolicyAmendment?: readonly string[] | null | undefined;
  /** Optional proposed network policy amendments (allow/deny host) for future requests. */
  readonly proposedNetworkPolicyAmendments?: readonly NetworkPolicyAmendment[] | null | undefined;
  /** Optional explanatory reason (e.g. request for network access). */
  readonly reason?: string | null | undefined;
  /** Unix timestamp (in milliseconds) when this approval request started. */
  readonly startedAtMs: number;
  readonly threadId: string;
  readonly turnId: string;
}

export interface CommandExecutionRequestApprovalResponse {
  readonly decision: CommandExecutionApprovalDecision;
}

export interface DynamicToolCallParams {
  readonly arguments: unknown;
  readonly callId: string;
  readonly namespace?: string | null | undefined;
  readonly threadId: string;
  readonly tool: string;
  readonly turnId: string;
}

export interface DynamicToolCallResponse {
  readonly contentItems: readonly DynamicToolCallOutputContentItem[];
  readonly success: boolean;
}

export type FileChangeApprovalDecision = 'accept' | 'acceptForSession' | 'decline' | 'cancel';

/**
 * Deprecated legacy notification for `apply_patch` textual output.
 *
 * The server no longer emits this notification.
 */
export interface FileChangeOutputDeltaNotification {
  readonly delta: string;
  readonly itemId: string;
  readonly threadId: string;
  readonly turnId: string;
}

export interface FileChangePatchUpdatedNotification {
  readonly changes: readonly FileUpdateChange[];
  readonly itemId: string;
  readonly threadId: string;
  readonly turnId: string;
}

export interface FileChangeRequestApprovalParams {
  /**
   * [UNSTABLE] When set, the agent is asking the user to allow writes under this root for the remainder of the
   * session (unclear if this is honored today).
   */
  readonly grantRoot?: string | null | undefined;
  readonly itemId: string;
  /** Optional explanatory reason (e.g. request for extra write access). */
  readonly reason?: string | null | undefined;
  /** Unix timestamp (in milliseconds) when this approval request started. */
  readonly startedAtMs: number;
  readonly threadId: string;
  readonly turnId: string;
}

export interface FileChangeRequestApprovalResponse {
  readonly decision: FileChangeApprovalDecision;
}

export type FileSystemAccessMode = 'read' | 'write' | 'deny';

export type FileSystemPath =
  | {
      readonly path: LegacyAppPathString;
      readonly type: 'path';
    }
  | {
      readonly pattern: string;
      readonly type: 'glob_pattern';
    }
  | {
      readonly type: 'special';
      readonly value: FileSystemSpecialPath;
    };

export interface FileSystemSandboxEntry {
  readonly access: FileSystemAccessMode;
  readonly path: FileSystemPath;
}

export type FileSystemSpecialPath =
  | {
      readonly kind: 'root';
    }
  | {
      readonly kind: 'minimal';
    }
  | {
      readonly kind: 'project_roots';
      readonly subpath?: LegacyAppPathString | null | undefined;
    }
  | {
      readonly kind: 'tmpdir';
    }
  | {
      readonly kind: 'slash_tmp';
    }
  | {
      readonly kind: 'unknown';
      readonly path: string;
      readonly subpath?: LegacyAppPathString | null | undefined;
    };

export interface GrantedPermissionProfile {
  readonly fileSystem?: AdditionalFileSystemPermissions | null | undefined;
  readonly network?: AdditionalNetworkPermissions | null | undefined;
}

/**
 * [UNSTABLE] Temporary approval auto-review payload used by `item/autoApprovalReview/*` notifications. This shape is
 * expected to change soon.
 */
export interface GuardianApprovalReview {
  readonly rationale?: string | null | undefined;
  readonly riskLevel?: GuardianRiskLevel | null | undefined;
  readonly status: GuardianApprovalReviewStatus;
  readonly userAuthorization?: GuardianUserAuthorization | null | undefined;
}

export type GuardianApprovalReviewAction =
  | {
      readonly command: string;
      readonly cwd: LegacyAppPathString;
      readonly source: GuardianCommandSource;
      readonly type: 'command';
    }
  | {
      readonly argv: readonly string[];
      readonly cwd: AbsolutePathBuf;
      readonly program: string;
      readonly source: GuardianCommandSource;
      readonly type: 'execve';
    }
  | {
      readonly approvalId: string;
      readonly cwd: LegacyAppPathString;
      readonly processId: string;
      readonly stdin: string;
      readonly type: 'writeStdin';
    }
  | {
      readonly cwd: LegacyAppPathString;
      readonly files: readonly LegacyAppPathString[];
      readonly type: 'applyPatch';
    }
  | {
      readonly host: string;
      readonly port: number;
      readonly protocol: NetworkApprovalProtocol;
      readonly target: string;
      readonly type: 'networkAccess';
    }
  | {
      readonly connectorId?: string | null | undefined;
      readonly connectorName?: string | null | undefined;
      readonly server: string;
      readonly toolName: string;
      readonly toolTitle?: string | null | undefined;
      readonly type: 'mcpToolCall';
    }
  | {
      readonly permissions: RequestPermissionProfile;
      readonly reason?: string | null | undefined;
      readonly type: 'requestPermissions';
    };

/** [UNSTABLE] Lifecycle state for an approval auto-review. */
export type GuardianApprovalReviewStatus = 'inProgress' | 'approved' | 'denied' | 'timedOut' | 'aborted';

export type GuardianCommandSource = 'shell' | 'unifiedExec';

export interface ItemCompletedNotification {
  /** Unix timestamp (in milliseconds) when this item lifecycle completed. */
  readonly completedAtMs: number;
  /**
   * Native content tokens for the completed assistant message, including a sampled footer. Null when unavailable.
   * Completion telemetry is not part of the stored thread item.
   */
  readonly contentTokenCount?: number | null | undefined;
  readonly item: ThreadItem;
  readonly threadId: string;
  readonly turnId: string;
}

/** [UNSTABLE] Temporary notification payload for approval auto-review. This shape is expected to change soon. */
export interface ItemGuardianApprovalReviewCompletedNotification {
  readonly action: GuardianApprovalReviewAction;
  /** Unix timestamp (in milliseconds) when this review completed. */
  readonly completedAtMs: number;
  readonly decisionSource: AutoReviewDecisionSource;
  readonly review: GuardianApprovalReview;
  /** Stable identifier for this review. */
  readonly reviewId: string;
  /** Unix timestamp (in milliseconds) when this review started. */
  readonly startedAtMs: number;
  /**
   * Identifier for the reviewed item or tool call when one exists.
   *
   * In most cases, one review maps to one target item. The exceptions are - execve reviews, where a single command
   * may contain multiple execve calls to review (only possible when using the shell_zsh_fork feature) - stdin
   * reviews, which refer to the existing parent command item and have a separate approval ID in the action payload -
   * network policy reviews, where there is no target item
   *
   * A network call is triggered by a CommandExecution item, so having a target_item_id set to the CommandExecution
   * item would be misleading because the review is about the network call, not the command execution. Therefore,
   * target_item_id is set to None for network policy reviews.
   */
  readonly targetItemId?: string | null | undefined;
  readonly threadId: string;
  readonly turnId: string;
}

/** [UNSTABLE] Temporary notification payload for approval auto-review. This shape is expected to change soon. */
export interface ItemGuardianApprovalReviewStartedNotification {
  readonly action: GuardianApprovalReviewAction;
  readonly review: GuardianApprovalReview;
  /** Stable identifier for this review. */
  readonly reviewId: string;
  /** Unix timestamp (in milliseconds) when this review started. */
  readonly startedAtMs: number;
  /**
   * Identifier for the reviewed item or tool call when one exists.
   *
   * In most cases, one review maps to one target item. The exceptions are - execve reviews, where a single command
   * may contain multiple execve calls to review (only possible when using the shell_zsh_fork feature) - stdin
   * reviews, which refer to the existing parent command item and have a separate approval ID in the action payload -
   * network policy reviews, where there is no target item
   *
   * A network call is triggered by a CommandExecution item, so having a target_item_id set to the CommandExecution
   * item would be misleading because the review is about the network call, not the command execution. Therefore,
   * target_item_id is set to None for network policy reviews.
   */
  readonly targetItemId?: string | null | undefined;
  readonly threadId: string;
  readonly turnId: string;
}

export interface ItemStartedNotification {
  readonly item: ThreadItem;
  /** Unix timestamp (in milliseconds) when this item lifecycle started. */
  readonly startedAtMs: number;
  readonly threadId: string;
  readonly turnId: string;
}

export interface McpToolCallProgressNotification {
  readonly itemId: string;
  readonly message: string;
  readonly threadId: string;
  readonly turnId: string;
}

export interface NetworkApprovalContext {
  readonly host: string;
  readonly protocol: NetworkApprovalProtocol;
}

export type NetworkApprovalProtocol = 'http' | 'https' | 'socks5Tcp' | 'socks5Udp';

export type PermissionGrantScope = 'turn' | 'session';

export interface PermissionsRequestApprovalParams {
  readonly cwd: LegacyAppPathString;
  readonly environmentId?: string | null | undefined;
  readonly itemId: string;
  readonly permissions: RequestPermissionProfile;
  readonly reason?: string | null | undefined;
  /** Unix timestamp (in milliseconds) when this approval request started. */
  readonly startedAtMs: number;
  readonly threadId: string;
  readonly turnId: string;
}

export interface PermissionsRequestApprovalResponse {
  readonly permissions: GrantedPermissionProfile;
  readonly scope?: PermissionGrantScope | undefined;
  /** Review every subsequent command in this turn before normal sandboxed execution. */
  readonly strictAutoReview?: boolean | null | undefined;
}

/**
 * EXPERIMENTAL - proposed plan streaming deltas for plan items. Clients should not assume concatenated deltas match
 * the completed plan item content.
 */
export interface PlanDeltaNotification {
  readonly delta: string;
  readonly itemId: string;
  readonly threadId: string;
  readonly turnId: string;
}

export interface ReasoningSummaryPartAddedNotification {
  readonly itemId: string;
  readonly summaryIndex: number;
  readonly threadId: string;
  readonly turnId: string;
}

export interface ReasoningSummaryTextDeltaNotification {
  readonly delta: string;
  readonly itemId: string;
  readonly summaryIndex: number;
  readonly threadId: string;
  readonly turnId: string;
}

export interface ReasoningTextDeltaNotification {
  readonly contentIndex: number;
  readonly delta: string;
  readonly itemId: string;
  readonly threadId: string;
  readonly turnId: string;
}

export interface RequestPermissionProfile {
  readonly fileSystem?: AdditionalFileSystemPermissions | null | undefined;
  readonly network?: AdditionalNetworkPermissions | null | undefined;
}

export interface TerminalInteractionNotification {
  readonly itemId: string;
  readonly processId: string;
  readonly stdin: string;
  readonly threadId: string;
  readonly turnId: string;
}

/** EXPERIMENTAL. Captures a user's answer to a request_user_input question. */
export interface ToolRequestUserInputAnswer {
  readonly answers: readonly string[];
}

/** EXPERIMENTAL. Defines a single selectable option for request_user_input. */
export interface ToolRequestUserInputOption {
  readonly description: string;
  readonly label: string;
}

/** EXPERIMENTAL. Params sent with a request_user_input event. */
export interface ToolRequestUserInputParams {
  /** @deprecated Use `isBlocking` to decide whether the request should block. */
  readonly autoResolutionMs?: number | null | undefined;
  readonly isBlocking: boolean;
  readonly itemId: string;
  readonly questions: readonly ToolRequestUserInputQuestion[];
  readonly threadId: string;
  readonly turnId: string;
}

/** EXPERIMENTAL. Represents one request_user_input question and its required options. */
export interface ToolRequestUserInputQuestion {
  readonly header: string;
  readonly id: string;
  readonly isOther?: boolean | undefined;
  readonly isSecret?: boolean | undefined;
  readonly options?: readonly ToolRequestUserInputOption[] | null | undefined;
  readonly question: string;
}

/** EXPERIMENTAL. Response payload mapping question ids to answers. */
export interface ToolRequestUserInputResponse {
  readonly answers: Readonly<Record<string, ToolRequestUserInputAnswer>>;
}
