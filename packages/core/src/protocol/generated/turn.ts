// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type {
  AbsolutePathBuf,
  ApprovalsReviewer,
  AskForApproval,
  CollaborationMode,
  CyberAccessProgram,
  FunctionCallOutputBody,
  MultiAgentMode,
  Personality,
  ReasoningEffort,
  ReasoningSummary,
  SandboxPolicy,
  Turn,
  TurnEnvironmentParams,
  UserInput,
} from './shared.js';

export interface AdditionalContextEntry {
  readonly kind: AdditionalContextKind;
  /** Optional name for untrusted context, used to label its tool output. */
  readonly name?: string | null | undefined;
  readonly value: string;
}

export type AdditionalContextKind = 'untrusted' | 'application';

export interface TurnCompletedNotification {
  readonly threadId: string;
  readonly turn: Turn;
}

/**
 * Notification that the turn-level unified diff has changed. Contains the latest aggregated diff across all file
 * changes in the turn.
 */
export interface TurnDiffUpdatedNotification {
  readonly diff: string;
  readonly threadId: string;
  readonly turnId: string;
}

export interface TurnInterruptParams {
  readonly threadId: string;
  readonly turnId: string;
}

export type TurnInterruptResponse = Readonly<Record<string, unknown>>;

export interface TurnModerationMetadataNotification {
  readonly metadata: unknown;
  readonly threadId: string;
  readonly turnId: string;
}

export interface TurnPlanStep {
  readonly status: TurnPlanStepStatus;
  readonly step: string;
}

export type TurnPlanStepStatus = 'pending' | 'inProgress' | 'completed';

export interface TurnPlanUpdatedNotification {
  readonly explanation?: string | null | undefined;
  readonly plan: readonly TurnPlanStep[];
  readonly threadId: string;
  readonly turnId: string;
}

/**
 * Experimental settings changes for one running turn, not future turns. Unsupported fields are rejected rather than
 * silently ignored. Any live task kind may accept publication. Child sessions and consumers of frozen initial
 * settings are unchanged.
 */
export interface TurnSettingsUpdateParams {
  /**
   * Changes the active turn's reviewer without changing future thread settings. Already captured steps and pending
   * approvals retain their original reviewer.
   */
  readonly approvalsReviewer?: ApprovalsReviewer | null | undefined;
  /** Omission or `null` leaves the effort unchanged. */
  readonly effort?: ReasoningEffort | null | undefined;
  /**
   * Replace the environments for subsequent steps of this turn, not future turns. Omitted/null preserves the
   * selection; [] clears it. An already-started step is unchanged.
   */
  readonly environments?: readonly TurnEnvironmentParams[] | null | undefined;
  /** Omission or `null` leaves the model unchanged. */
  readonly model?: string | null | undefined;
  /** `null` clears the requested tier; omission leaves it unchanged. */
  readonly serviceTier?: string | null | undefined;
  /** Omission or `null` leaves the summary preference unchanged. */
  readonly summary?: ReasoningSummary | null | undefined;
  readonly threadId: string;
  readonly turnId: string;
}

export interface TurnSettingsUpdateResponse {
  readonly status: TurnSettingsUpdateStatus;
}

export type TurnSettingsUpdateStatus = 'applied' | 'targetUnavailable';

export interface TurnStartParams {
  /** Optional client-provided context fragments keyed by an opaque source identifier. */
  readonly additionalContext?: Readonly<Record<string, AdditionalContextEntry>> | null | undefined;
  /** Override the approval policy for this turn and subsequent turns. */
  readonly approvalPolicy?: AskForApproval | null | undefined;
  /** Override where approval requests are routed for review on this turn and subsequent turns. */
  readonly approvalsReviewer?: ApprovalsReviewer | null | undefined;
  readonly clientUserMessageId?: string | null | undefined;
  /**
   * EXPERIMENTAL - Set a pre-set collaboration mode. Takes precedence over model, reasoning_effort, and developer
   * instructions if set.
   *
   * For `collaboration_mode.settings.developer_instructions`, `null` means "use the built-in instructions for the
   * selected mode".
   */
  readonly collaborationMode?: CollaborationMode | null | undefined;
  /** Override the working directory for this turn and subsequent turns. */
  readonly cwd?: string | null | undefined;
  /**
   * EXPERIMENTAL - Request an authorized cyber program for this turn. Omission preserves automatic behavior. This
   * does not grant access.
   */
  readonly cyberAccessProgram?: CyberAccessProgram | null | undefined;
  /** Replace this thread's disabled plugin IDs. Omitted/null preserves the list; [] clears it. */
  readonly disabledPluginIds?: readonly string[] | null | undefined;
  /** Override the reasoning effort for this turn and subsequent turns. */
  readonly effort?: ReasoningEffort | null | undefined;
  /**
   * Optional environments for this turn and subsequent turns.
   *
   * Omitted uses the thread sticky environments. Empty disables environment access for this turn. Non-empty selects
   * the first environment as the current turn environment for this turn.
   */
  readonly environments?: readonly TurnEnvironmentParams[] | null | undefined;
  readonly input: readonly UserInput[];
  /** Override the model for this turn and subsequent turns. */
  readonly model?: string | null | undefined;
  /** @deprecated Ignored. Use `effort: "ultra"` for proactive multi-agent behavior. */
  readonly multiAgentMode?: MultiAgentMode | null | undefined;
  /** Optional JSON Schema used to constrain the final assistant message for this turn. */
  readonly outputSchema?: unknown;
  /**
   * ID of the turn that caused this new turn to start.
   *
   * Set this when starting work on behalf of another turn, such as delegated work in a different thread. Leave unset
   * for work started directly by the user. Ignored when this request adds input to an active turn.
   */
  readonly parentTurnId?: string | null | undefined;
  /**
   * Select a named permissions profile id for this turn and subsequent turns. Cannot be combined with
   * `sandboxPolicy`.
   */
  readonly permissions?: string | null | undefined;
  /**
   * @deprecated `friendly` and `pragmatic` no longer select a style. Changing this does not rewrite the thread's
   * existing instructions.
   */
  readonly personality?: Personality | null | undefined;
  /**
   * Optional metadata to enrich Codex's ResponsesAPI turn metadata. Replaces unprotected client-provided entries when
   * supplied; an empty map clears them.
   *
   * Entries are flattened into the JSON string sent as `client_metadata["x-codex-turn-metadata"]` on ResponsesAPI
   * HTTP and websocket requests.
   *
   * They are not sent as top-level ResponsesAPI `client_metadata` keys, and reserved keys such as `session_id`,
   * `thread_id`, `turn_id`, and `window_id` cannot be overridden.
   */
  readonly responsesapiClientMetadata?: Readonly<Record<string, string>> | null | undefined;
  /**
   * Merge entries into the ResponsesAPI turn metadata without removing existing entries. Applied after
   * `responsesapiClientMetadata` if both are provided; reserved keys remain protected.
   */
  readonly responsesapiClientMetadataPatch?: Readonly<Record<string, string>> | null | undefined;
  /**
   * ID of the first turn in the chain of work that led to this new turn.
   *
   * When setting `parentTurnId`, set this to the parent turn's `rootTurnId` when known. This keeps descendant work
   * attributed to the original turn. If omitted, the new turn becomes its own root. Ignored when this request adds
   * input to an active turn.
   */
  readonly rootTurnId?: string | null | undefined;
  /** Replace the thread's runtime workspace roots for this turn and subsequent turns. Paths must be absolute. */
  readonly runtimeWorkspaceRoots?: readonly AbsolutePathBuf[] | null | undefined;
  /** Override the sandbox policy for this turn and subsequent turns. */
  readonly sandboxPolicy?: SandboxPolicy | null | undefined;
  /** Override the service tier for this turn and subsequent turns. */
  readonly serviceTier?: string | null | undefined;
  /**
   * Override the service tier only when this request starts a new turn. Use "default" for standard speed. Omitted or
   * null inherits the thread's tier. Does not change the thread's tier or a turn being steered.
   */
  readonly serviceTierForTurn?: string | null | undefined;
  /** Override the reasoning summary for this turn and subsequent turns. */
  readonly summary?: ReasoningSummary | null | undefined;
  readonly threadId: string;
  readonly toolOutput?: TurnToolOutput | null | undefined;
  /**
   * Optional source classification for the caller that starts this turn. Ignored when this request steers an
   * already-active turn.
   */
  readonly turnTrigger?: string | null | undefined;
}

export interface TurnStartResponse {
  readonly turn: Turn;
}

export interface TurnStartedNotification {
  readonly threadId: string;
  readonly turn: Turn;
}

export interface TurnSteerParams {
  /** Optional client-provided context fragments keyed by an opaque source identifier. */
  readonly additionalContext?: Readonly<Record<string, AdditionalContextEntry>> | null | undefined;
  readonly clientUserMessageId?: string | null | undefined;
  /** Required active turn id precondition. The request fails when it does not match the currently active turn. */
  readonly expectedTurnId: string;
  readonly input: readonly UserInput[];
  /**
   * Optional metadata to enrich Codex's ResponsesAPI turn metadata. Replaces unprotected client-provided entries when
   * supplied; an empty map clears them.
   *
   * Entries are flattened into the JSON string sent as `client_metadata["x-codex-turn-metadata"]` on ResponsesAPI
   * HTTP and websocket requests.
   *
   * They are not sent as top-level ResponsesAPI `client_metadata` keys, and reserved keys such as `session_id`,
   * `thread_id`, `turn_id`, and `window_id` cannot be overridden.
   */
  readonly responsesapiClientMetadata?: Readonly<Record<string, string>> | null | undefined;
  /**
   * Merge entries into the ResponsesAPI turn metadata without removing existing entries. Applied after
   * `responsesapiClientMetadata` if both are provided; reserved keys remain protected.
   */
  readonly responsesapiClientMetadataPatch?: Readonly<Record<string, string>> | null | undefined;
  readonly threadId: string;
}

export interface TurnSteerResponse {
  readonly turnId: string;
}

export interface TurnToolOutput {
  readonly name: string;
  readonly namespace?: string | null | undefined;
  readonly output: FunctionCallOutputBody;
  /** Requests retention of this output in the thread's model history. */
  readonly retain?: boolean | undefined;
}
