// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type {
  BedrockCheckGovCloudRequirementsParams,
  BedrockCheckGovCloudRequirementsResponse,
  BedrockDiscoverParams,
  BedrockDiscoverResponse,
  BedrockSetupParams,
  BedrockSetupResponse,
  CancelLoginAccountParams,
  CancelLoginAccountResponse,
  ConsumeAccountRateLimitResetCreditParams,
  ConsumeAccountRateLimitResetCreditResponse,
  GatewayOAuthCancelResponse,
  GatewayOAuthLoginParams,
  GatewayOAuthLoginResponse,
  GatewayOAuthReadParams,
  GatewayOAuthReadResponse,
  GcpSetupParams,
  GcpSetupResponse,
  GetAccountParams,
  GetAccountRateLimitsParams,
  GetAccountRateLimitsResponse,
  GetAccountResponse,
  GetAccountSecuritySetupResponse,
  GetAccountTokenUsageParams,
  GetAccountTokenUsageResponse,
  GetWorkspaceMessagesResponse,
  LoginAccountParams,
  LoginAccountResponse,
  LogoutAccountResponse,
  SendAddCreditsNudgeEmailParams,
  SendAddCreditsNudgeEmailResponse,
} from './account.js';
import type {
  AccountSessionsListParams,
  AccountSessionsResponse,
  AccountSessionsSwitchParams,
  AccountSessionsSwitchResponse,
} from './account-session.js';
import type {
  AppsInstalledParams,
  AppsInstalledResponse,
  AppsListParams,
  AppsListResponse,
  AppsReadParams,
  AppsReadResponse,
} from './app.js';
import type { CollaborationModeListParams, CollaborationModeListResponse } from './collaboration-mode.js';
import type {
  CommandExecParams,
  CommandExecResizeParams,
  CommandExecResizeResponse,
  CommandExecResponse,
  CommandExecTerminateParams,
  CommandExecTerminateResponse,
  CommandExecWriteParams,
  CommandExecWriteResponse,
} from './command.js';
import type {
  ConfigBatchWriteParams,
  ConfigReadParams,
  ConfigReadResponse,
  ConfigValueWriteParams,
  ConfigWriteResponse,
  McpServerRefreshResponse,
} from './config.js';
import type { ConfigRequirementsReadResponse } from './config-requirements.js';
import type {
  EnvironmentAddParams,
  EnvironmentAddResponse,
  EnvironmentInfoParams,
  EnvironmentInfoResponse,
  EnvironmentStatusParams,
  EnvironmentStatusResponse,
} from './environment.js';
import type {
  ExperimentalFeatureEnablementSetParams,
  ExperimentalFeatureEnablementSetResponse,
  ExperimentalFeatureListParams,
  ExperimentalFeatureListResponse,
} from './experimental-feature.js';
import type {
  ExternalAgentConfigDetectParams,
  ExternalAgentConfigDetectResponse,
  ExternalAgentConfigImportHistoriesReadResponse,
  ExternalAgentConfigImportHistoryRecordParams,
  ExternalAgentConfigImportHistoryRecordResponse,
  ExternalAgentConfigImportParams,
  ExternalAgentConfigImportResponse,
} from './external-agent-config.js';
import type {
  FeedbackSaveParams,
  FeedbackSaveResponse,
  FeedbackUploadParams,
  FeedbackUploadResponse,
} from './feedback.js';
import type {
  FsCopyParams,
  FsCopyResponse,
  FsCreateDirectoryParams,
  FsCreateDirectoryResponse,
  FsGetMetadataParams,
  FsGetMetadataResponse,
  FsReadDirectoryParams,
  FsReadDirectoryResponse,
  FsReadFileParams,
  FsReadFileResponse,
  FsRemoveParams,
  FsRemoveResponse,
  FsUnwatchParams,
  FsUnwatchResponse,
  FsWatchParams,
  FsWatchResponse,
  FsWriteFileParams,
  FsWriteFileResponse,
} from './fs.js';
import type {
  FuzzyFileSearchParams,
  FuzzyFileSearchResponse,
  FuzzyFileSearchSessionStartParams,
  FuzzyFileSearchSessionStartResponse,
  FuzzyFileSearchSessionStopParams,
  FuzzyFileSearchSessionStopResponse,
  FuzzyFileSearchSessionUpdateParams,
  FuzzyFileSearchSessionUpdateResponse,
} from './fuzzy-file-search.js';
import type { HooksListParams, HooksListResponse } from './hooks.js';
import type { InitializeParams, InitializeResponse } from './initialize.js';
import type {
  MarketplaceAddParams,
  MarketplaceAddResponse,
  MarketplaceRemoveParams,
  MarketplaceRemoveResponse,
  MarketplaceUpgradeParams,
  MarketplaceUpgradeResponse,
} from './marketplace.js';
import type {
  McpResourceReadParams,
  McpResourceReadResponse,
  McpServerEventStreamStartParams,
  McpServerEventStreamStartResponse,
  McpServerEventStreamStopParams,
  McpServerEventStreamStopResponse,
  McpServerOauthLoginParams,
  McpServerOauthLoginResponse,
  McpServerToolCallParams,
  McpServerToolCallResponse,
} from './mcp-server.js';
import type { ListMcpServerStatusParams, ListMcpServerStatusResponse } from './mcp-server-status.js';
import type { MemoryResetResponse, MemoryStatusParams, MemoryStatusResponse } from './memory.js';
import type { MockExperimentalMethodParams, MockExperimentalMethodResponse } from './mock.js';
import type { ModelListParams, ModelListResponse } from './model.js';
import type {
  ModelProviderCapabilitiesReadParams,
  ModelProviderCapabilitiesReadResponse,
  ModelProviderConfigWriteParams,
  ModelProviderConfigWriteResponse,
  ModelProviderDefaultSetParams,
  ModelProviderListParams,
  ModelProviderListResponse,
} from './model-provider.js';
import type { PermissionProfileListParams, PermissionProfileListResponse } from './permission-profile.js';
import type {
  PluginInstalledParams,
  PluginInstalledResponse,
  PluginInstallParams,
  PluginInstallResponse,
  PluginListParams,
  PluginListResponse,
  PluginReadParams,
  PluginReadResponse,
  PluginReconcileParams,
  PluginReconcileResponse,
  PluginSearchParams,
  PluginSearchResponse,
  PluginShareCheckoutParams,
  PluginShareCheckoutResponse,
  PluginShareDeleteParams,
  PluginShareDeleteResponse,
  PluginShareListParams,
  PluginShareListResponse,
  PluginShareSaveParams,
  PluginShareSaveResponse,
  PluginShareUpdateTargetsParams,
  PluginShareUpdateTargetsResponse,
  PluginSkillReadParams,
  PluginSkillReadResponse,
  PluginUninstallParams,
  PluginUninstallResponse,
} from './plugin.js';
import type {
  ProcessKillParams,
  ProcessKillResponse,
  ProcessResizePtyParams,
  ProcessResizePtyResponse,
  ProcessSpawnParams,
  ProcessSpawnResponse,
  ProcessWriteStdinParams,
  ProcessWriteStdinResponse,
} from './process.js';
import type {
  ProjectCreateParams,
  ProjectCreateResponse,
  ProjectDeleteParams,
  ProjectDeleteResponse,
  ProjectImportParams,
  ProjectImportResponse,
  ProjectListParams,
  ProjectListResponse,
  ProjectMoveParams,
  ProjectMoveResponse,
  ProjectReadParams,
  ProjectReadResponse,
  ProjectUpdateParams,
  ProjectUpdateResponse,
} from './project.js';
import type {
  RemoteControlClientsListParams,
  RemoteControlClientsListResponse,
  RemoteControlClientsRevokeParams,
  RemoteControlClientsRevokeResponse,
  RemoteControlDisableParams,
  RemoteControlDisableResponse,
  RemoteControlEnableParams,
  RemoteControlEnableResponse,
  RemoteControlPairingStartParams,
  RemoteControlPairingStartResponse,
  RemoteControlPairingStatusParams,
  RemoteControlPairingStatusResponse,
  RemoteControlStatusReadResponse,
} from './remote-control.js';
import type { ReviewStartParams, ReviewStartResponse } from './review.js';
import type { RolloutCompressResponse } from './rollout.js';
import type { ServerDiagnosticsParams, ServerDiagnosticsResponse } from './server.js';
import type {
  SkillsConfigWriteParams,
  SkillsConfigWriteResponse,
  SkillsExtraRootsSetParams,
  SkillsExtraRootsSetResponse,
  SkillsListParams,
  SkillsListResponse,
} from './skills.js';
import type {
  ThreadApproveGuardianDeniedActionParams,
  ThreadApproveGuardianDeniedActionResponse,
  ThreadArchiveParams,
  ThreadArchiveResponse,
  ThreadAttachmentAddParams,
  ThreadAttachmentAddResponse,
  ThreadAttachmentListParams,
  ThreadAttachmentListResponse,
  ThreadAttachmentOwnerListParams,
  ThreadAttachmentOwnerListResponse,
  ThreadAttachmentRemoveParams,
  ThreadAttachmentRemoveResponse,
  ThreadBackgroundTerminalsCleanParams,
  ThreadBackgroundTerminalsCleanResponse,
  ThreadBackgroundTerminalsListParams,
  ThreadBackgroundTerminalsListResponse,
  ThreadBackgroundTerminalsTerminateParams,
  ThreadBackgroundTerminalsTerminateResponse,
  ThreadCompactStartParams,
  ThreadCompactStartResponse,
  ThreadDecrementElicitationParams,
  ThreadDecrementElicitationResponse,
  ThreadDeleteParams,
  ThreadDeleteResponse,
  ThreadForkParams,
  ThreadForkResponse,
  ThreadGoalClearParams,
  ThreadGoalClearResponse,
  ThreadGoalGetParams,
  ThreadGoalGetResponse,
  ThreadGoalSetParams,
  ThreadGoalSetResponse,
  ThreadGuardianReviewParams,
  ThreadGuardianReviewResponse,
  ThreadIncrementElicitationParams,
  ThreadIncrementElicitationResponse,
  ThreadInjectItemsParams,
  ThreadInjectItemsResponse,
  ThreadItemsListParams,
  ThreadItemsListResponse,
  ThreadItemsReadParams,
  ThreadItemsReadResponse,
  ThreadListParams,
  ThreadListResponse,
  ThreadLoadedListParams,
  ThreadLoadedListResponse,
  ThreadMemoryModeSetParams,
  ThreadMemoryModeSetResponse,
  ThreadMemoryReadParams,
  ThreadMemoryReadResponse,
  ThreadMetadataUpdateParams,
  ThreadMetadataUpdateResponse,
  ThreadPredictionRequestParams,
  ThreadPredictionRequestResponse,
  ThreadPrepareApprovedPlanParams,
  ThreadPrepareApprovedPlanResponse,
  ThreadQueueAddParams,
  ThreadQueueAddResponse,
  ThreadQueueDeleteParams,
  ThreadQueueDeleteResponse,
  ThreadQueueListParams,
  ThreadQueueListResponse,
  ThreadQueueReorderParams,
  ThreadQueueReorderResponse,
  ThreadQueueStartParams,
  ThreadQueueStartResponse,
  ThreadQueueUpdateParams,
  ThreadQueueUpdateResponse,
  ThreadReadParams,
  ThreadReadResponse,
  ThreadReadStateUpdateParams,
  ThreadReadStateUpdateResponse,
  ThreadRealtimeAppendAudioParams,
  ThreadRealtimeAppendAudioResponse,
  ThreadRealtimeAppendSpeechParams,
  ThreadRealtimeAppendSpeechResponse,
  ThreadRealtimeAppendTextParams,
  ThreadRealtimeAppendTextResponse,
  ThreadRealtimeListParams,
  ThreadRealtimeListResponse,
  ThreadRealtimeListVoicesParams,
  ThreadRealtimeListVoicesResponse,
  ThreadRealtimeStartParams,
  ThreadRealtimeStartResponse,
  ThreadRealtimeStopParams,
  ThreadRealtimeStopResponse,
  ThreadResumeParams,
  ThreadResumeResponse,
  ThreadRevertParams,
  ThreadRevertResponse,
  ThreadSampleCancelParams,
  ThreadSampleCancelResponse,
  ThreadSampleParams,
  ThreadSampleResponse,
  ThreadSearchCancelParams,
  ThreadSearchCancelResponse,
  ThreadSearchOccurrencesParams,
  ThreadSearchOccurrencesResponse,
  ThreadSearchParams,
  ThreadSearchResponse,
  ThreadSectionMoveParams,
  ThreadSectionMoveResponse,
  ThreadSetNameParams,
  ThreadSetNameResponse,
  ThreadSettingsUpdateParams,
  ThreadSettingsUpdateResponse,
  ThreadShellCommandParams,
  ThreadShellCommandResponse,
  ThreadStartParams,
  ThreadStartResponse,
  ThreadTimelineListParams,
  ThreadTimelineListResponse,
  ThreadTurnsListParams,
  ThreadTurnsListResponse,
  ThreadUnarchiveParams,
  ThreadUnarchiveResponse,
  ThreadUnsubscribeParams,
  ThreadUnsubscribeResponse,
} from './thread.js';
import type {
  ThreadSectionCreateParams,
  ThreadSectionCreateResponse,
  ThreadSectionDeleteParams,
  ThreadSectionDeleteResponse,
  ThreadSectionListParams,
  ThreadSectionListResponse,
  ThreadSectionUpdateParams,
  ThreadSectionUpdateResponse,
} from './thread-section.js';
import type {
  TurnInterruptParams,
  TurnInterruptResponse,
  TurnSettingsUpdateParams,
  TurnSettingsUpdateResponse,
  TurnStartParams,
  TurnStartResponse,
  TurnSteerParams,
  TurnSteerResponse,
} from './turn.js';
import type {
  UserVerificationCancelParams,
  UserVerificationCancelResponse,
  UserVerificationDeleteParams,
  UserVerificationDeleteResponse,
  UserVerificationEnrollParams,
  UserVerificationEnrollResponse,
  UserVerificationStatusParams,
  UserVerificationStatusResponse,
  UserVerificationVerifyParams,
  UserVerificationVerifyResponse,
} from './user-verification.js';
import type {
  WindowsSandboxReadinessResponse,
  WindowsSandboxSetupStartParams,
  WindowsSandboxSetupStartResponse,
} from './windows-sandbox.js';

/** Requests of the client to the server, by method. */
export interface ClientRequests {
  readonly 'account/bedrock/checkGovCloudRequirements': {
    readonly params: BedrockCheckGovCloudRequirementsParams;
    readonly result: BedrockCheckGovCloudRequirementsResponse;
  };
  readonly 'account/bedrock/discover': {
    readonly params: BedrockDiscoverParams;
    readonly result: BedrockDiscoverResponse;
  };
  readonly 'account/bedrock/setup': { readonly params: BedrockSetupParams; readonly result: BedrockSetupResponse };
  readonly 'account/gatewayOAuth/cancel': { readonly params: null; readonly result: GatewayOAuthCancelResponse };
  readonly 'account/gatewayOAuth/login': {
    readonly params: GatewayOAuthLoginParams | null;
    readonly result: GatewayOAuthLoginResponse;
  };
  readonly 'account/gatewayOAuth/read': {
    readonly params: GatewayOAuthReadParams | null;
    readonly result: GatewayOAuthReadResponse;
  };
  readonly 'account/gcp/setup': { readonly params: GcpSetupParams; readonly result: GcpSetupResponse };
  readonly 'account/login/cancel': {
    readonly params: CancelLoginAccountParams;
    readonly result: CancelLoginAccountResponse;
  };
  readonly 'account/login/start': { readonly params: LoginAccountParams; readonly result: LoginAccountResponse };
  readonly 'account/logout': { readonly params: null; readonly result: LogoutAccountResponse };
  readonly 'account/rateLimitResetCredit/consume': {
    readonly params: ConsumeAccountRateLimitResetCreditParams;
    readonly result: ConsumeAccountRateLimitResetCreditResponse;
  };
  readonly 'account/rateLimits/read': {
    readonly params: GetAccountRateLimitsParams | null;
    readonly result: GetAccountRateLimitsResponse;
  };
  readonly 'account/read': { readonly params: GetAccountParams; readonly result: GetAccountResponse };
  readonly 'account/securitySetup/read': { readonly params: null; readonly result: GetAccountSecuritySetupResponse };
  readonly 'account/sendAddCreditsNudgeEmail': {
    readonly params: SendAddCreditsNudgeEmailParams;
    readonly result: SendAddCreditsNudgeEmailResponse;
  };
  readonly 'account/usage/read': {
    readonly params: GetAccountTokenUsageParams | null;
    readonly result: GetAccountTokenUsageResponse;
  };
  readonly 'account/workspaceMessages/read': { readonly params: null; readonly result: GetWorkspaceMessagesResponse };
  readonly 'accountSession/list': {
    readonly params: AccountSessionsListParams;
    readonly result: AccountSessionsResponse;
  };
  readonly 'accountSession/switch': {
    readonly params: AccountSessionsSwitchParams;
    readonly result: AccountSessionsSwitchResponse;
  };
  readonly 'app/installed': { readonly params: AppsInstalledParams; readonly result: AppsInstalledResponse };
  readonly 'app/list': { readonly params: AppsListParams; readonly result: AppsListResponse };
  readonly 'app/read': { readonly params: AppsReadParams; readonly result: AppsReadResponse };
  /** Lists collaboration mode presets. */
  readonly 'collaborationMode/list': {
    readonly params: CollaborationModeListParams;
    readonly result: CollaborationModeListResponse;
  };
  /** Execute a standalone command (argv vector) under the server's sandbox. */
  readonly 'command/exec': { readonly params: CommandExecParams; readonly result: CommandExecResponse };
  /** Resize a running PTY-backed `command/exec` session by client-supplied `processId`. */
  readonly 'command/exec/resize': {
    readonly params: CommandExecResizeParams;
    readonly result: CommandExecResizeResponse;
  };
  /** Terminate a running `command/exec` session by client-supplied `processId`. */
  readonly 'command/exec/terminate': {
    readonly params: CommandExecTerminateParams;
    readonly result: CommandExecTerminateResponse;
  };
  /** Write stdin bytes to a running `command/exec` session or close stdin. */
  readonly 'command/exec/write': { readonly params: CommandExecWriteParams; readonly result: CommandExecWriteResponse };
  readonly 'config/batchWrite': { readonly params: ConfigBatchWriteParams; readonly result: ConfigWriteResponse };
  readonly 'config/mcpServer/reload': { readonly params: null; readonly result: McpServerRefreshResponse };
  readonly 'config/read': { readonly params: ConfigReadParams; readonly result: ConfigReadResponse };
  readonly 'config/value/write': { readonly params: ConfigValueWriteParams; readonly result: ConfigWriteResponse };
  readonly 'configRequirements/read': { readonly params: null; readonly result: ConfigRequirementsReadResponse };
  /** Adds or replaces a remote environment by id for later selection. */
  readonly 'environment/add': { readonly params: EnvironmentAddParams; readonly result: EnvironmentAddResponse };
  /** Reads information from a configured execution environment. */
  readonly 'environment/info': { readonly params: EnvironmentInfoParams; readonly result: EnvironmentInfoResponse };
  /** Reads the current status of a configured execution environment. */
  readonly 'environment/status': {
    readonly params: EnvironmentStatusParams;
    readonly result: EnvironmentStatusResponse;
  };
  readonly 'experimentalFeature/enablement/set': {
    readonly params: ExperimentalFeatureEnablementSetParams;
    readonly result: ExperimentalFeatureEnablementSetResponse;
  };
  readonly 'experimentalFeature/list': {
    readonly params: ExperimentalFeatureListParams;
    readonly result: ExperimentalFeatureListResponse;
  };
  readonly 'externalAgentConfig/detect': {
    readonly params: ExternalAgentConfigDetectParams;
    readonly result: ExternalAgentConfigDetectResponse;
  };
  readonly 'externalAgentConfig/import': {
    readonly params: ExternalAgentConfigImportParams;
    readonly result: ExternalAgentConfigImportResponse;
  };
  readonly 'externalAgentConfig/import/readHistories': {
    readonly params: null;
    readonly result: ExternalAgentConfigImportHistoriesReadResponse;
  };
  readonly 'externalAgentConfig/import/recordHistory': {
    readonly params: ExternalAgentConfigImportHistoryRecordParams;
    readonly result: ExternalAgentConfigImportHistoryRecordResponse;
  };
  readonly 'feedback/save': { readonly params: FeedbackSaveParams; readonly result: FeedbackSaveResponse };
  readonly 'feedback/upload': { readonly params: FeedbackUploadParams; readonly result: FeedbackUploadResponse };
  readonly 'fs/copy': { readonly params: FsCopyParams; readonly result: FsCopyResponse };
  readonly 'fs/createDirectory': {
    readonly params: FsCreateDirectoryParams;
    readonly result: FsCreateDirectoryResponse;
  };
  readonly 'fs/getMetadata': { readonly params: FsGetMetadataParams; readonly result: FsGetMetadataResponse };
  readonly 'fs/readDirectory': { readonly params: FsReadDirectoryParams; readonly result: FsReadDirectoryResponse };
  readonly 'fs/readFile': { readonly params: FsReadFileParams; readonly result: FsReadFileResponse };
  readonly 'fs/remove': { readonly params: FsRemoveParams; readonly result: FsRemoveResponse };
  readonly 'fs/unwatch': { readonly params: FsUnwatchParams; readonly result: FsUnwatchResponse };
  readonly 'fs/watch': { readonly params: FsWatchParams; readonly result: FsWatchResponse };
  readonly 'fs/writeFile': { readonly params: FsWriteFileParams; readonly result: FsWriteFileResponse };
  readonly fuzzyFileSearch: { readonly params: FuzzyFileSearchParams; readonly result: FuzzyFileSearchResponse };
  readonly 'fuzzyFileSearch/sessionStart': {
    readonly params: FuzzyFileSearchSessionStartParams;
    readonly result: FuzzyFileSearchSessionStartResponse;
  };
  readonly 'fuzzyFileSearch/sessionStop': {
    readonly params: FuzzyFileSearchSessionStopParams;
    readonly result: FuzzyFileSearchSessionStopResponse;
  };
  readonly 'fuzzyFileSearch/sessionUpdate': {
    readonly params: FuzzyFileSearchSessionUpdateParams;
    readonly result: FuzzyFileSearchSessionUpdateResponse;
  };
  readonly 'hooks/list': { readonly params: HooksListParams; readonly result: HooksListResponse };
  readonly initialize: { readonly params: InitializeParams; readonly result: InitializeResponse };
  readonly 'marketplace/add': { readonly params: MarketplaceAddParams; readonly result: MarketplaceAddResponse };
  readonly 'marketplace/remove': {
    readonly params: MarketplaceRemoveParams;
    readonly result: MarketplaceRemoveResponse;
  };
  readonly 'marketplace/upgrade': {
    readonly params: MarketplaceUpgradeParams;
    readonly result: MarketplaceUpgradeResponse;
  };
  readonly 'mcpServer/event/stream/start': {
    readonly params: McpServerEventStreamStartParams;
    readonly result: McpServerEventStreamStartResponse;
  };
  readonly 'mcpServer/event/stream/stop': {
    readonly params: McpServerEventStreamStopParams;
    readonly result: McpServerEventStreamStopResponse;
  };
  readonly 'mcpServer/oauth/login': {
    readonly params: McpServerOauthLoginParams;
    readonly result: McpServerOauthLoginResponse;
  };
  readonly 'mcpServer/resource/read': {
    readonly params: McpResourceReadParams;
    readonly result: McpResourceReadResponse;
  };
  readonly 'mcpServer/tool/call': {
    readonly params: McpServerToolCallParams;
    readonly result: McpServerToolCallResponse;
  };
  readonly 'mcpServerStatus/list': {
    readonly params: ListMcpServerStatusParams;
    readonly result: ListMcpServerStatusResponse;
  };
  readonly 'memory/reset': { readonly params: null; readonly result: MemoryResetResponse };
  readonly 'memory/status': { readonly params: MemoryStatusParams; readonly result: MemoryStatusResponse };
  /** Test-only method used to validate experimental gating. */
  readonly 'mock/experimentalMethod': {
    readonly params: MockExperimentalMethodParams;
    readonly result: MockExperimentalMethodResponse;
  };
  readonly 'model/list': { readonly params: ModelListParams; readonly result: ModelListResponse };
  readonly 'modelProvider/capabilities/read': {
    readonly params: ModelProviderCapabilitiesReadParams;
    readonly result: ModelProviderCapabilitiesReadResponse;
  };
  readonly 'modelProvider/config/write': {
    readonly params: ModelProviderConfigWriteParams;
    readonly result: ModelProviderConfigWriteResponse;
  };
  readonly 'modelProvider/default/set': { readonly params: ModelProviderDefaultSetParams; readonly result: unknown };
  readonly 'modelProvider/list': {
    readonly params: ModelProviderListParams;
    readonly result: ModelProviderListResponse;
  };
  readonly 'permissionProfile/list': {
    readonly params: PermissionProfileListParams;
    readonly result: PermissionProfileListResponse;
  };
  readonly 'plugin/install': { readonly params: PluginInstallParams; readonly result: PluginInstallResponse };
  readonly 'plugin/installed': { readonly params: PluginInstalledParams; readonly result: PluginInstalledResponse };
  readonly 'plugin/list': { readonly params: PluginListParams; readonly result: PluginListResponse };
  readonly 'plugin/read': { readonly params: PluginReadParams; readonly result: PluginReadResponse };
  readonly 'plugin/reconcile': { readonly params: PluginReconcileParams; readonly result: PluginReconcileResponse };
  readonly 'plugin/search': { readonly params: PluginSearchParams; readonly result: PluginSearchResponse };
  readonly 'plugin/share/checkout': {
    readonly params: PluginShareCheckoutParams;
    readonly result: PluginShareCheckoutResponse;
  };
  readonly 'plugin/share/delete': {
    readonly params: PluginShareDeleteParams;
    readonly result: PluginShareDeleteResponse;
  };
  readonly 'plugin/share/list': { readonly params: PluginShareListParams; readonly result: PluginShareListResponse };
  readonly 'plugin/share/save': { readonly params: PluginShareSaveParams; readonly result: PluginShareSaveResponse };
  readonly 'plugin/share/updateTargets': {
    readonly params: PluginShareUpdateTargetsParams;
    readonly result: PluginShareUpdateTargetsResponse;
  };
  readonly 'plugin/skill/read': { readonly params: PluginSkillReadParams; readonly result: PluginSkillReadResponse };
  readonly 'plugin/uninstall': { readonly params: PluginUninstallParams; readonly result: PluginUninstallResponse };
  /** Terminate a running `process/spawn` session by client-supplied `processHandle`. */
  readonly 'process/kill': { readonly params: ProcessKillParams; readonly result: ProcessKillResponse };
  /** Resize a running PTY-backed `process/spawn` session by client-supplied `processHandle`. */
  readonly 'process/resizePty': { readonly params: ProcessResizePtyParams; readonly result: ProcessResizePtyResponse };
  /** Spawn a standalone process (argv vector) without a Codex sandbox. */
  readonly 'process/spawn': { readonly params: ProcessSpawnParams; readonly result: ProcessSpawnResponse };
  /** Write stdin bytes to a running `process/spawn` session or close stdin. */
  readonly 'process/writeStdin': {
    readonly params: ProcessWriteStdinParams;
    readonly result: ProcessWriteStdinResponse;
  };
  readonly 'project/create': { readonly params: ProjectCreateParams; readonly result: ProjectCreateResponse };
  readonly 'project/delete': { readonly params: ProjectDeleteParams; readonly result: ProjectDeleteResponse };
  readonly 'project/import': { readonly params: ProjectImportParams; readonly result: ProjectImportResponse };
  readonly 'project/list': { readonly params: ProjectListParams; readonly result: ProjectListResponse };
  readonly 'project/move': { readonly params: ProjectMoveParams; readonly result: ProjectMoveResponse };
  readonly 'project/read': { readonly params: ProjectReadParams; readonly result: ProjectReadResponse };
  readonly 'project/update': { readonly params: ProjectUpdateParams; readonly result: ProjectUpdateResponse };
  readonly 'remoteControl/client/list': {
    readonly params: RemoteControlClientsListParams;
    readonly result: RemoteControlClientsListResponse;
  };
  readonly 'remoteControl/client/revoke': {
    readonly params: RemoteControlClientsRevokeParams;
    readonly result: RemoteControlClientsRevokeResponse;
  };
  readonly 'remoteControl/disable': {
    readonly params: RemoteControlDisableParams | null;
    readonly result: RemoteControlDisableResponse;
  };
  readonly 'remoteControl/enable': {
    readonly params: RemoteControlEnableParams | null;
    readonly result: RemoteControlEnableResponse;
  };
  readonly 'remoteControl/pairing/start': {
    readonly params: RemoteControlPairingStartParams;
    readonly result: RemoteControlPairingStartResponse;
  };
  readonly 'remoteControl/pairing/status': {
    readonly params: RemoteControlPairingStatusParams;
    readonly result: RemoteControlPairingStatusResponse;
  };
  readonly 'remoteControl/status/read': { readonly params: null; readonly result: RemoteControlStatusReadResponse };
  readonly 'review/start': { readonly params: ReviewStartParams; readonly result: ReviewStartResponse };
  /** Start a best-effort background compression pass for cold local rollouts. */
  readonly 'rollout/compress': { readonly params: null; readonly result: RolloutCompressResponse };
  /** Read content-free, process-local diagnostics. */
  readonly 'server/diagnostics': {
    readonly params: ServerDiagnosticsParams;
    readonly result: ServerDiagnosticsResponse;
  };
  readonly 'skills/config/write': {
    readonly params: SkillsConfigWriteParams;
    readonly result: SkillsConfigWriteResponse;
  };
  readonly 'skills/extraRoots/set': {
    readonly params: SkillsExtraRootsSetParams;
    readonly result: SkillsExtraRootsSetResponse;
  };
  readonly 'skills/list': { readonly params: SkillsListParams; readonly result: SkillsListResponse };
  readonly 'thread/approveGuardianDeniedAction': {
    readonly params: ThreadApproveGuardianDeniedActionParams;
    readonly result: ThreadApproveGuardianDeniedActionResponse;
  };
  readonly 'thread/archive': { readonly params: ThreadArchiveParams; readonly result: ThreadArchiveResponse };
  readonly 'thread/attachment/add': {
    readonly params: ThreadAttachmentAddParams;
    readonly result: ThreadAttachmentAddResponse;
  };
  readonly 'thread/attachment/list': {
    readonly params: ThreadAttachmentListParams;
    readonly result: ThreadAttachmentListResponse;
  };
  readonly 'thread/attachment/remove': {
    readonly params: ThreadAttachmentRemoveParams;
    readonly result: ThreadAttachmentRemoveResponse;
  };
  readonly 'thread/attachmentOwner/list': {
    readonly params: ThreadAttachmentOwnerListParams;
    readonly result: ThreadAttachmentOwnerListResponse;
  };
  readonly 'thread/backgroundTerminals/clean': {
    readonly params: ThreadBackgroundTerminalsCleanParams;
    readonly result: ThreadBackgroundTerminalsCleanResponse;
  };
  readonly 'thread/backgroundTerminals/list': {
    readonly params: ThreadBackgroundTerminalsListParams;
    readonly result: ThreadBackgroundTerminalsListResponse;
  };
  readonly 'thread/backgroundTerminals/terminate': {
    readonly params: ThreadBackgroundTerminalsTerminateParams;
    readonly result: ThreadBackgroundTerminalsTerminateResponse;
  };
  readonly 'thread/compact/start': {
    readonly params: ThreadCompactStartParams;
    readonly result: ThreadCompactStartResponse;
  };
  /**
   * Decrement the thread-local out-of-band elicitation counter.
   *
   * When the count reaches zero, timeout accounting resumes for the thread.
   */
  readonly 'thread/decrement_elicitation': {
    readonly params: ThreadDecrementElicitationParams;
    readonly result: ThreadDecrementElicitationResponse;
  };
  readonly 'thread/delete': { readonly params: ThreadDeleteParams; readonly result: ThreadDeleteResponse };
  readonly 'thread/fork': { readonly params: ThreadForkParams; readonly result: ThreadForkResponse };
  readonly 'thread/goal/clear': { readonly params: ThreadGoalClearParams; readonly result: ThreadGoalClearResponse };
  readonly 'thread/goal/get': { readonly params: ThreadGoalGetParams; readonly result: ThreadGoalGetResponse };
  readonly 'thread/goal/set': { readonly params: ThreadGoalSetParams; readonly result: ThreadGoalSetResponse };
  /** Review the idle thread's final injected exec_command without executing it. */
  readonly 'thread/guardianReview': {
    readonly params: ThreadGuardianReviewParams;
    readonly result: ThreadGuardianReviewResponse;
  };
  /**
   * Increment the thread-local out-of-band elicitation counter.
   *
   * This is used by external helpers to pause timeout accounting while a user approval or other elicitation is
   * pending outside the app-server request flow.
   */
  readonly 'thread/increment_elicitation': {
    readonly params: ThreadIncrementElicitationParams;
    readonly result: ThreadIncrementElicitationResponse;
  };
  /** Append raw Responses API items to the thread history without starting a user turn. */
  readonly 'thread/inject_items': {
    readonly params: ThreadInjectItemsParams;
    readonly result: ThreadInjectItemsResponse;
  };
  readonly 'thread/items/list': { readonly params: ThreadItemsListParams; readonly result: ThreadItemsListResponse };
  readonly 'thread/items/read': { readonly params: ThreadItemsReadParams; readonly result: ThreadItemsReadResponse };
  readonly 'thread/list': { readonly params: ThreadListParams; readonly result: ThreadListResponse };
  readonly 'thread/loaded/list': { readonly params: ThreadLoadedListParams; readonly result: ThreadLoadedListResponse };
  readonly 'thread/memory/read': { readonly params: ThreadMemoryReadParams; readonly result: ThreadMemoryReadResponse };
  readonly 'thread/memoryMode/set': {
    readonly params: ThreadMemoryModeSetParams;
    readonly result: ThreadMemoryModeSetResponse;
  };
  readonly 'thread/metadata/update': {
    readonly params: ThreadMetadataUpdateParams;
    readonly result: ThreadMetadataUpdateResponse;
  };
  readonly 'thread/name/set': { readonly params: ThreadSetNameParams; readonly result: ThreadSetNameResponse };
  readonly 'thread/prediction/request': {
    readonly params: ThreadPredictionRequestParams;
    readonly result: ThreadPredictionRequestResponse;
  };
  readonly 'thread/prepareApprovedPlan': {
    readonly params: ThreadPrepareApprovedPlanParams;
    readonly result: ThreadPrepareApprovedPlanResponse;
  };
  readonly 'thread/queue/add': { readonly params: ThreadQueueAddParams; readonly result: ThreadQueueAddResponse };
  readonly 'thread/queue/delete': {
    readonly params: ThreadQueueDeleteParams;
    readonly result: ThreadQueueDeleteResponse;
  };
  readonly 'thread/queue/list': { readonly params: ThreadQueueListParams; readonly result: ThreadQueueListResponse };
  readonly 'thread/queue/reorder': {
    readonly params: ThreadQueueReorderParams;
    readonly result: ThreadQueueReorderResponse;
  };
  readonly 'thread/queue/start': { readonly params: ThreadQueueStartParams; readonly result: ThreadQueueStartResponse };
  readonly 'thread/queue/update': {
    readonly params: ThreadQueueUpdateParams;
    readonly result: ThreadQueueUpdateResponse;
  };
  readonly 'thread/read': { readonly params: ThreadReadParams; readonly result: ThreadReadResponse };
  readonly 'thread/readState/update': {
    readonly params: ThreadReadStateUpdateParams;
    readonly result: ThreadReadStateUpdateResponse;
  };
  readonly 'thread/realtime/appendAudio': {
    readonly params: ThreadRealtimeAppendAudioParams;
    readonly result: ThreadRealtimeAppendAudioResponse;
  };
  readonly 'thread/realtime/appendSpeech': {
    readonly params: ThreadRealtimeAppendSpeechParams;
    readonly result: ThreadRealtimeAppendSpeechResponse;
  };
  readonly 'thread/realtime/appendText': {
    readonly params: ThreadRealtimeAppendTextParams;
    readonly result: ThreadRealtimeAppendTextResponse;
  };
  readonly 'thread/realtime/list': {
    readonly params: ThreadRealtimeListParams;
    readonly result: ThreadRealtimeListResponse;
  };
  readonly 'thread/realtime/listVoices': {
    readonly params: ThreadRealtimeListVoicesParams;
    readonly result: ThreadRealtimeListVoicesResponse;
  };
  readonly 'thread/realtime/start': {
    readonly params: ThreadRealtimeStartParams;
    readonly result: ThreadRealtimeStartResponse;
  };
  readonly 'thread/realtime/stop': {
    readonly params: ThreadRealtimeStopParams;
    readonly result: ThreadRealtimeStopResponse;
  };
  readonly 'thread/resume': { readonly params: ThreadResumeParams; readonly result: ThreadResumeResponse };
  readonly 'thread/revert': { readonly params: ThreadRevertParams; readonly result: ThreadRevertResponse };
  readonly 'thread/sample': { readonly params: ThreadSampleParams; readonly result: ThreadSampleResponse };
  readonly 'thread/sample/cancel': {
    readonly params: ThreadSampleCancelParams;
    readonly result: ThreadSampleCancelResponse;
  };
  readonly 'thread/search': { readonly params: ThreadSearchParams; readonly result: ThreadSearchResponse };
  readonly 'thread/search/cancel': {
    readonly params: ThreadSearchCancelParams;
    readonly result: ThreadSearchCancelResponse;
  };
  /**
   * Search with best-effort incremental `thread/search/partial` notifications. The final response is authoritative
   * for results, ordering, and cursors.
   */
  readonly 'thread/search/stream': { readonly params: ThreadSearchParams; readonly result: ThreadSearchResponse };
  /** Cancel a `thread/search/stream` request on this connection. */
  readonly 'thread/search/stream/cancel': {
    readonly params: ThreadSearchCancelParams;
    readonly result: ThreadSearchCancelResponse;
  };
  readonly 'thread/searchOccurrences': {
    readonly params: ThreadSearchOccurrencesParams;
    readonly result: ThreadSearchOccurrencesResponse;
  };
  readonly 'thread/section/move': {
    readonly params: ThreadSectionMoveParams;
    readonly result: ThreadSectionMoveResponse;
  };
  readonly 'thread/settings/update': {
    readonly params: ThreadSettingsUpdateParams;
    readonly result: ThreadSettingsUpdateResponse;
  };
  readonly 'thread/shellCommand': {
    readonly params: ThreadShellCommandParams;
    readonly result: ThreadShellCommandResponse;
  };
  /** NEW APIs */
  readonly 'thread/start': { readonly params: ThreadStartParams; readonly result: ThreadStartResponse };
  readonly 'thread/timeline/list': {
    readonly params: ThreadTimelineListParams;
    readonly result: ThreadTimelineListResponse;
  };
  readonly 'thread/turns/list': { readonly params: ThreadTurnsListParams; readonly result: ThreadTurnsListResponse };
  readonly 'thread/unarchive': { readonly params: ThreadUnarchiveParams; readonly result: ThreadUnarchiveResponse };
  readonly 'thread/unsubscribe': {
    readonly params: ThreadUnsubscribeParams;
    readonly result: ThreadUnsubscribeResponse;
  };
  readonly 'threadSection/create': {
    readonly params: ThreadSectionCreateParams;
    readonly result: ThreadSectionCreateResponse;
  };
  readonly 'threadSection/delete': {
    readonly params: ThreadSectionDeleteParams;
    readonly result: ThreadSectionDeleteResponse;
  };
  readonly 'threadSection/list': {
    readonly params: ThreadSectionListParams;
    readonly result: ThreadSectionListResponse;
  };
  readonly 'threadSection/update': {
    readonly params: ThreadSectionUpdateParams;
    readonly result: ThreadSectionUpdateResponse;
  };
  readonly 'turn/interrupt': { readonly params: TurnInterruptParams; readonly result: TurnInterruptResponse };
  readonly 'turn/settings/update': {
    readonly params: TurnSettingsUpdateParams;
    readonly result: TurnSettingsUpdateResponse;
  };
  readonly 'turn/start': { readonly params: TurnStartParams; readonly result: TurnStartResponse };
  readonly 'turn/steer': { readonly params: TurnSteerParams; readonly result: TurnSteerResponse };
  readonly 'userVerification/cancel': {
    readonly params: UserVerificationCancelParams;
    readonly result: UserVerificationCancelResponse;
  };
  readonly 'userVerification/delete': {
    readonly params: UserVerificationDeleteParams;
    readonly result: UserVerificationDeleteResponse;
  };
  readonly 'userVerification/enroll': {
    readonly params: UserVerificationEnrollParams;
    readonly result: UserVerificationEnrollResponse;
  };
  readonly 'userVerification/status': {
    readonly params: UserVerificationStatusParams;
    readonly result: UserVerificationStatusResponse;
  };
  readonly 'userVerification/verify': {
    readonly params: UserVerificationVerifyParams;
    readonly result: UserVerificationVerifyResponse;
  };
  readonly 'windowsSandbox/readiness': { readonly params: null; readonly result: WindowsSandboxReadinessResponse };
  readonly 'windowsSandbox/setupStart': {
    readonly params: WindowsSandboxSetupStartParams;
    readonly result: WindowsSandboxSetupStartResponse;
  };
}
