// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type {
  AccountLoginCompletedNotification,
  AccountRateLimitsUpdatedNotification,
  AccountUpdatedNotification,
  GatewayOAuthChangedNotification,
} from './account.js';
import type { AppListUpdatedNotification } from './app.js';
import type { StrictReviewRequiredNotification } from './auto-approval-review.js';
import type { CommandExecOutputDeltaNotification } from './command.js';
import type { ConfigWarningNotification } from './config-warning.js';
import type { DeprecationNoticeNotification } from './deprecation-notice.js';
import type { ErrorNotification } from './error.js';
import type {
  ExternalAgentConfigImportCompletedNotification,
  ExternalAgentConfigImportProgressNotification,
} from './external-agent-config.js';
import type { FsChangedNotification } from './fs.js';
import type {
  FuzzyFileSearchSessionCompletedNotification,
  FuzzyFileSearchSessionUpdatedNotification,
} from './fuzzy-file-search.js';
import type { GuardianWarningNotification } from './guardian-warning.js';
import type { HookCompletedNotification, HookStartedNotification } from './hook.js';
import type {
  AgentMessageDeltaNotification,
  CommandExecutionOutputDeltaNotification,
  FileChangeOutputDeltaNotification,
  FileChangePatchUpdatedNotification,
  ItemCompletedNotification,
  ItemGuardianApprovalReviewCompletedNotification,
  ItemGuardianApprovalReviewStartedNotification,
  ItemStartedNotification,
  McpToolCallProgressNotification,
  PlanDeltaNotification,
  ReasoningSummaryPartAddedNotification,
  ReasoningSummaryTextDeltaNotification,
  ReasoningTextDeltaNotification,
  TerminalInteractionNotification,
} from './item.js';
import type {
  McpServerEventStreamNotification,
  McpServerOauthLoginCompletedNotification,
  McpServerStatusUpdatedNotification,
} from './mcp-server.js';
import type {
  ModelReroutedNotification,
  ModelSafetyBufferingUpdatedNotification,
  ModelVerificationNotification,
} from './model.js';
import type { AuthRecoveryNotification } from './model-provider.js';
import type { ProcessExitedNotification, ProcessOutputDeltaNotification } from './process.js';
import type { ProjectChangedNotification } from './project.js';
import type { RemoteControlStatusChangedNotification } from './remote-control.js';
import type { ServerRequestResolvedNotification } from './server-request.js';
import type { SkillsChangedNotification } from './skills.js';
import type {
  ContextCompactedNotification,
  EnvironmentConnectionNotification,
  ThreadArchivedNotification,
  ThreadAttachmentUpdatedNotification,
  ThreadClosedNotification,
  ThreadDeletedNotification,
  ThreadGoalClearedNotification,
  ThreadGoalUpdatedNotification,
  ThreadNameUpdatedNotification,
  ThreadPredictionUpdatedNotification,
  ThreadProjectUpdatedNotification,
  ThreadQueueChangedNotification,
  ThreadReadStateChangedNotification,
  ThreadRealtimeClosedNotification,
  ThreadRealtimeErrorNotification,
  ThreadRealtimeItemAddedNotification,
  ThreadRealtimeItemCompletedNotification,
  ThreadRealtimeItemStartedNotification,
  ThreadRealtimeItemTranscriptDeltaNotification,
  ThreadRealtimeOutputAudioDeltaNotification,
  ThreadRealtimeSdpNotification,
  ThreadRealtimeStartedNotification,
  ThreadRealtimeTranscriptDeltaNotification,
  ThreadRealtimeTranscriptDoneNotification,
  ThreadRevertedNotification,
  ThreadSearchPartialNotification,
  ThreadSectionChangedNotification,
  ThreadSettingsUpdatedNotification,
  ThreadStartedNotification,
  ThreadStatusChangedNotification,
  ThreadTokenUsageUpdatedNotification,
  ThreadUnarchivedNotification,
} from './thread.js';
import type {
  TurnCompletedNotification,
  TurnDiffUpdatedNotification,
  TurnModerationMetadataNotification,
  TurnPlanUpdatedNotification,
  TurnStartedNotification,
} from './turn.js';
import type { WarningNotification } from './warning.js';
import type { WindowsWorldWritableWarningNotification } from './windows.js';
import type { WindowsSandboxSetupCompletedNotification } from './windows-sandbox.js';

/** Parameters of the notifications of the server, by method. */
export interface ServerNotifications {
  readonly 'account/gatewayOAuth/changed': GatewayOAuthChangedNotification;
  readonly 'account/login/completed': AccountLoginCompletedNotification;
  readonly 'account/rateLimits/updated': AccountRateLimitsUpdatedNotification;
  readonly 'account/updated': AccountUpdatedNotification;
  readonly 'app/list/updated': AppListUpdatedNotification;
  readonly 'autoApprovalReview/strictReviewRequired': StrictReviewRequiredNotification;
  /** Stream base64-encoded stdout/stderr chunks for a running `command/exec` session. */
  readonly 'command/exec/outputDelta': CommandExecOutputDeltaNotification;
  readonly configWarning: ConfigWarningNotification;
  readonly deprecationNotice: DeprecationNoticeNotification;
  readonly error: ErrorNotification;
  readonly 'externalAgentConfig/import/completed': ExternalAgentConfigImportCompletedNotification;
  readonly 'externalAgentConfig/import/progress': ExternalAgentConfigImportProgressNotification;
  readonly 'fs/changed': FsChangedNotification;
  readonly 'fuzzyFileSearch/sessionCompleted': FuzzyFileSearchSessionCompletedNotification;
  readonly 'fuzzyFileSearch/sessionUpdated': FuzzyFileSearchSessionUpdatedNotification;
  readonly guardianWarning: GuardianWarningNotification;
  readonly 'hook/completed': HookCompletedNotification;
  readonly 'hook/started': HookStartedNotification;
  readonly 'item/agentMessage/delta': AgentMessageDeltaNotification;
  readonly 'item/autoApprovalReview/completed': ItemGuardianApprovalReviewCompletedNotification;
  readonly 'item/autoApprovalReview/started': ItemGuardianApprovalReviewStartedNotification;
  readonly 'item/commandExecution/outputDelta': CommandExecutionOutputDeltaNotification;
  readonly 'item/commandExecution/terminalInteraction': TerminalInteractionNotification;
  readonly 'item/completed': ItemCompletedNotification;
  /** Deprecated legacy apply_patch output stream notification. */
  readonly 'item/fileChange/outputDelta': FileChangeOutputDeltaNotification;
  readonly 'item/fileChange/patchUpdated': FileChangePatchUpdatedNotification;
  readonly 'item/mcpToolCall/progress': McpToolCallProgressNotification;
  /** EXPERIMENTAL - proposed plan streaming deltas for plan items. */
  readonly 'item/plan/delta': PlanDeltaNotification;
  readonly 'item/reasoning/summaryPartAdded': ReasoningSummaryPartAddedNotification;
  readonly 'item/reasoning/summaryTextDelta': ReasoningSummaryTextDeltaNotification;
  readonly 'item/reasoning/textDelta': ReasoningTextDeltaNotification;
  readonly 'item/started': ItemStartedNotification;
  readonly 'mcpServer/event/stream/notification': McpServerEventStreamNotification;
  readonly 'mcpServer/oauthLogin/completed': McpServerOauthLoginCompletedNotification;
  readonly 'mcpServer/startupStatus/updated': McpServerStatusUpdatedNotification;
  readonly 'model/rerouted': ModelReroutedNotification;
  readonly 'model/safetyBuffering/updated': ModelSafetyBufferingUpdatedNotification;
  readonly 'model/verification': ModelVerificationNotification;
  readonly 'modelProvider/authRecoveryCompleted': AuthRecoveryNotification;
  readonly 'modelProvider/authRecoveryStarted': AuthRecoveryNotification;
  /** Final exit notification for a `process/spawn` session. */
  readonly 'process/exited': ProcessExitedNotification;
  /** Stream base64-encoded stdout/stderr chunks for a running `process/spawn` session. */
  readonly 'process/outputDelta': ProcessOutputDeltaNotification;
  readonly 'project/changed': ProjectChangedNotification;
  readonly 'remoteControl/status/changed': RemoteControlStatusChangedNotification;
  readonly 'serverRequest/resolved': ServerRequestResolvedNotification;
  readonly 'skills/changed': SkillsChangedNotification;
  readonly 'thread/archived': ThreadArchivedNotification;
  readonly 'thread/attachment/updated': ThreadAttachmentUpdatedNotification;
  readonly 'thread/closed': ThreadClosedNotification;
  /** Deprecated: Use `ContextCompaction` item type instead. */
  readonly 'thread/compacted': ContextCompactedNotification;
  readonly 'thread/deleted': ThreadDeletedNotification;
  readonly 'thread/environment/connected': EnvironmentConnectionNotification;
  readonly 'thread/environment/disconnected': EnvironmentConnectionNotification;
  readonly 'thread/goal/cleared': ThreadGoalClearedNotification;
  readonly 'thread/goal/updated': ThreadGoalUpdatedNotification;
  readonly 'thread/name/updated': ThreadNameUpdatedNotification;
  readonly 'thread/prediction/updated': ThreadPredictionUpdatedNotification;
  readonly 'thread/project/updated': ThreadProjectUpdatedNotification;
  readonly 'thread/queue/changed': ThreadQueueChangedNotification;
  readonly 'thread/readState/changed': ThreadReadStateChangedNotification;
  readonly 'thread/realtime/closed': ThreadRealtimeClosedNotification;
  readonly 'thread/realtime/error': ThreadRealtimeErrorNotification;
  readonly 'thread/realtime/item/completed': ThreadRealtimeItemCompletedNotification;
  readonly 'thread/realtime/item/started': ThreadRealtimeItemStartedNotification;
  readonly 'thread/realtime/item/transcript/delta': ThreadRealtimeItemTranscriptDeltaNotification;
  readonly 'thread/realtime/itemAdded': ThreadRealtimeItemAddedNotification;
  readonly 'thread/realtime/outputAudio/delta': ThreadRealtimeOutputAudioDeltaNotification;
  readonly 'thread/realtime/sdp': ThreadRealtimeSdpNotification;
  readonly 'thread/realtime/started': ThreadRealtimeStartedNotification;
  readonly 'thread/realtime/transcript/delta': ThreadRealtimeTranscriptDeltaNotification;
  readonly 'thread/realtime/transcript/done': ThreadRealtimeTranscriptDoneNotification;
  readonly 'thread/reverted': ThreadRevertedNotification;
  readonly 'thread/search/partial': ThreadSearchPartialNotification;
  readonly 'thread/section/changed': ThreadSectionChangedNotification;
  readonly 'thread/settings/updated': ThreadSettingsUpdatedNotification;
  readonly 'thread/started': ThreadStartedNotification;
  readonly 'thread/status/changed': ThreadStatusChangedNotification;
  readonly 'thread/tokenUsage/updated': ThreadTokenUsageUpdatedNotification;
  readonly 'thread/unarchived': ThreadUnarchivedNotification;
  readonly 'turn/completed': TurnCompletedNotification;
  readonly 'turn/diff/updated': TurnDiffUpdatedNotification;
  readonly 'turn/moderationMetadata': TurnModerationMetadataNotification;
  readonly 'turn/plan/updated': TurnPlanUpdatedNotification;
  readonly 'turn/started': TurnStartedNotification;
  readonly warning: WarningNotification;
  /** Notifies the user of world-writable directories on Windows, which cannot be protected by the sandbox. */
  readonly 'windows/worldWritableWarning': WindowsWorldWritableWarningNotification;
  readonly 'windowsSandbox/setupCompleted': WindowsSandboxSetupCompletedNotification;
}
