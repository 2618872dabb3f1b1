// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type {
  AllowDenyRequirement,
  ApprovalsReviewer,
  AskForApproval,
  ForcedLoginMethod,
  LegacyAppPathString,
  ReasoningEffort,
  SandboxMode,
  WebSearchMode,
} from './shared.js';

export interface ApplicationNetworkRequirements {
  readonly domains: Readonly<Record<string, NetworkDomainPermission>>;
  /** When enabled, only explicitly allowed exact domains may be contacted. */
  readonly enabled: boolean;
}

export interface ApplicationRequirements {
  readonly network?: ApplicationNetworkRequirements | null | undefined;
  readonly storage?: ApplicationStorageRequirements | null | undefined;
}

/** Managed storage settings for new Desktop workspaces, not filesystem access restrictions. */
export interface ApplicationStorageRequirements {
  readonly defaultProjectParent?: LegacyAppPathString | null | undefined;
  readonly projectlessWorkspaceRoot?: LegacyAppPathString | null | undefined;
}

export interface AutoReviewRequirements {
  readonly ignoreRules?: readonly string[] | null | undefined;
  readonly requiredOnModels?: readonly string[] | null | undefined;
}

export type BrowserUseAccessApprovalLifetime = 'turn' | 'thread';

export interface BrowserUseExtensionRequirements {
  readonly requestHeaders?: readonly RequestHeader[] | null | undefined;
}

export interface BrowserUseOriginPolicy {
  readonly access?: AllowDenyRequirement | null | undefined;
  readonly accessApprovalLifetime?: BrowserUseAccessApprovalLifetime | null | undefined;
  readonly autoReview?: AllowDenyRequirement | null | undefined;
  readonly downloads?: AllowDenyRequirement | null | undefined;
  readonly fullCdpAccess?: AllowDenyRequirement | null | undefined;
  readonly persistentApproval?: boolean | null | undefined;
  readonly uploads?: AllowDenyRequirement | null | undefined;
}

export interface BrowserUseRequirements {
  readonly allowGlobalPersistentApproval?: boolean | null | undefined;
  readonly allowHistoryAccess?: boolean | null | undefined;
  readonly allowWebmcp?: boolean | null | undefined;
  readonly defaultOriginPolicy?: BrowserUseOriginPolicy | null | undefined;
  readonly disableAutoReview?: boolean | null | undefined;
  readonly extension?: BrowserUseExtensionRequirements | null | undefined;
  readonly origins?: Readonly<Record<string, BrowserUseOriginPolicy>> | null | undefined;
}

export type CliAuthCredentialsStoreMode = 'file' | 'keyring' | 'auto' | 'ephemeral';

export interface ComputerUseMacosRequirements {
  readonly bundleIds?: Readonly<Record<string, AllowDenyRequirement>> | null | undefined;
}

export interface ComputerUseRequirements {
  readonly allowLockedComputerUse?: boolean | null | undefined;
  readonly allowPersistentApproval?: boolean | null | undefined;
  readonly defaultAppAccess?: AllowDenyRequirement | null | undefined;
  readonly macos?: ComputerUseMacosRequirements | null | undefined;
  readonly windows?: ComputerUseWindowsRequirements | null | undefined;
}

export interface ComputerUseWindowsExeRequirement {
  readonly access: AllowDenyRequirement;
  readonly binaryName?: string | null | undefined;
  readonly productName: string;
  readonly publisherName: string;
}

export interface ComputerUseWindowsRequirements {
  readonly aumids?: Readonly<Record<string, AllowDenyRequirement>> | null | undefined;
  readonly exes?: readonly ComputerUseWindowsExeRequirement[] | null | undefined;
}

export interface ConfigRequirements {
  readonly additionalDeveloperInstructions?: string | null | undefined;
  readonly allowAppshots?: boolean | null | undefined;
  readonly allowBrowserAndComputerUse?: boolean | null | undefined;
  readonly allowLoginShell?: boolean | null | undefined;
  readonly allowManagedHooksOnly?: boolean | null | undefined;
  readonly allowRemoteControl?: boolean | null | undefined;
  readonly allowedApprovalPolicies?: readonly AskForApproval[] | null | undefined;
  readonly allowedApprovalsReviewers?: readonly ApprovalsReviewer[] | null | undefined;
  /**
   * Effective login methods after managed, forced-login, and workspace restrictions. An empty list permits no login
   * method. Older servers may omit this field.
   */
  readonly allowedLoginMethods?: readonly ForcedLoginMethod[] | null | undefined;
  readonly allowedPermissionProfiles?: Readonly<Record<string, boolean>> | null | undefined;
  readonly allowedSandboxModes?: readonly SandboxMode[] | null | undefined;
  readonly allowedWebSearchModes?: readonly WebSearchMode[] | null | undefined;
  readonly allowedWindowsSandboxImplementations?: readonly WindowsSandboxImplementation[] | null | undefined;
  readonly application?: ApplicationRequirements | null | undefined;
  readonly autoReview?: AutoReviewRequirements | null | undefined;
  readonly browserUse?: BrowserUseRequirements | null | undefined;
  readonly chatgptBaseUrl?: string | null | undefined;
  readonly checkForUpdateOnStartup?: boolean | null | undefined;
  readonly cliAuthCredentialsStore?: CliAuthCredentialsStoreMode | null | undefined;
  readonly computerUse?: ComputerUseRequirements | null | undefined;
  readonly defaultPermissions?: string | null | undefined;
  readonly enforceResidency?: ResidencyRequirement | null | undefined;
  readonly featureRequirements?: Readonly<Record<string, boolean>> | null | undefined;
  readonly feedback?: FeedbackRequirements | null | undefined;
  readonly hooks?: ManagedHooksRequirements | null | undefined;
  readonly inAppBrowser?: InAppBrowserRequirements | null | undefined;
  readonly logDir?: string | null | undefined;
  readonly modelCatalogJson?: string | null | undefined;
  /** Exact provider selection required by managed policy. */
  readonly modelProvider?: string | null | undefined;
  /** Complete required provider definitions, using config.toml field names. */
  readonly modelProviders?: Readonly<Record<string, unknown>> | null | undefined;
  readonly models?: ModelsRequirements | null | undefined;
  readonly network?: NetworkRequirements | null | undefined;
  readonly otel?: OtelRequirements | null | undefined;
  readonly sqliteHome?: string | null | undefined;
}

export interface ConfigRequirementsReadResponse {
  /** Null if no requirements are configured (e.g. no requirements.toml/MDM entries). */
  readonly requirements?: ConfigRequirements | null | undefined;
  /**
   * Whether Fast and Ultra Fast requirements are enforced independently. Older servers omit this field and use Fast
   * mode as a shared speed gate.
   */
  readonly supportsIndependentSpeedModes?: boolean | null | undefined;
}

export type ConfiguredHookHandler =
  | {
      /**
       * Approximate token threshold for spilling this hook's `additionalContext` to disk. `null` uses 2,500 tokens; `0`
       * disables spilling for this hook. The threshold is evaluated against the original context; a spilled preview also
       * includes recovery metadata.
       */
      readonly additionalContextLimit?: number | null | undefined;
      readonly async: boolean;
      readonly command: string;
      readonly commandWindows?: string | null | undefined;
      readonly statusMessage?: string | null | undefined;
      readonly timeoutSec?: number | null | undefined;
      readonly type: 'command';
    }
  | {
      readonly input: Readonly<Record<string, unknown>>;
      readonly server: string;
      readonly statusMessage?: string | null | undefined;
      readonly timeoutSec?: number | null | undefined;
      readonly tool: string;
      readonly type: 'mcp_tool';
    }
  | {
      readonly type: 'prompt';
    }
  | {
      readonly type: 'agent';
    };

export interface ConfiguredHookMatcherGroup {
  readonly hooks: readonly ConfiguredHookHandler[];
  readonly matcher?: string | null | undefined;
}

export interface FeedbackRequirements {
  readonly enabled?: boolean | null | undefined;
}

export interface InAppBrowserRequirements {
  readonly allowExternalBrowserSettingsImport?: boolean | null | undefined;
}

export interface ManagedHooksRequirements {
  readonly Interrupt?: readonly ConfiguredHookMatcherGroup[] | undefined;
  readonly PermissionRequest: readonly ConfiguredHookMatcherGroup[];
  readonly PostCompact: readonly ConfiguredHookMatcherGroup[];
  readonly PostModelRequest?: readonly ConfiguredHookMatcherGroup[] | undefined;
  readonly PostToolUse: readonly ConfiguredHookMatcherGroup[];
  readonly PreCompact: readonly ConfiguredHookMatcherGroup[];
  readonly PreModelRequest?: readonly ConfiguredHookMatcherGroup[] | undefined;
  readonly PreToolUse: readonly ConfiguredHookMatcherGroup[];
  readonly SessionEnd?: readonly ConfiguredHookMatcherGroup[] | undefined;
  readonly SessionStart: readonly ConfiguredHookMatcherGroup[];
  readonly Stop: readonly ConfiguredHookMatcherGroup[];
  readonly SubagentStart: readonly ConfiguredHookMatcherGroup[];
  readonly SubagentStop: readonly ConfiguredHookMatcherGroup[];
  readonly UserPromptSubmit: readonly ConfiguredHookMatcherGroup[];
  readonly managedDir?: string | null | undefined;
  readonly windowsManagedDir?: string | null | undefined;
}

export interface ModelsRequirements {
  readonly newThread?: NewThreadModelDefaults | null | undefined;
}

export type NetworkDomainPermission = 'allow' | 'deny';

export interface NetworkRequirements {
  readonly allowLocalBinding?: boolean | null | undefined;
  /** Legacy compatibility view derived from `unix_sockets`. */
  readonly allowUnixSockets?: readonly string[] | null | undefined;
  readonly allowUpstreamProxy?: boolean | null | undefined;
  /** Legacy compatibility view derived from `domains`. */
  readonly allowedDomains?: readonly string[] | null | undefined;
  readonly dangerouslyAllowAllUnixSockets?: boolean | null | undefined;
  readonly dangerouslyAllowNonLoopbackProxy?: boolean | null | undefined;
  /** Legacy compatibility view derived from `domains`. */
  readonly deniedDomains?: readonly string[] | null | undefined;
  /** Canonical managed network permission map. */
  readonly domains?: Readonly<Record<string, NetworkDomainPermission>> | null | undefined;
  readonly enabled?: boolean | null | undefined;
  readonly httpPort?: number | null | undefined;
  /** When true, only managed allowlist entries are respected while managed network enforcement is active. */
  readonly managedAllowedDomainsOnly?: boolean | null | undefined;
  /** Host patterns routed to network approval before ordinary allow rules. */
  readonly reviewDomains?: readonly string[] | null | undefined;
  readonly socksPort?: number | null | undefined;
  /** Canonical managed unix socket permission map. */
  readonly unixSockets?: Readonly<Record<string, NetworkUnixSocketPermission>> | null | undefined;
}

export type NetworkUnixSocketPermission = 'allow' | 'deny';

export interface NewThreadModelDefaults {
  readonly model?: string | null | undefined;
  readonly modelReasoningEffort?: ReasoningEffort | null | undefined;
  readonly serviceTier?: string | null | undefined;
}

export type OtelExporter =
  | 'none'
  | 'statsig'
  | {
      readonly 'otlp-http': {
        readonly endpoint: string;
        /** Header names are retained; values are redacted by the server. */
        readonly headers: Readonly<Record<string, string>>;
        readonly protocol: OtelHttpProtocol;
        readonly tls?: OtelTlsConfig | null | undefined;
      };
    }
  | {
      readonly 'otlp-grpc': {
        readonly endpoint: string;
        /** Header names are retained; values are redacted by the server. */
        readonly headers: Readonly<Record<string, string>>;
        readonly tls?: OtelTlsConfig | null | undefined;
      };
    };

export type OtelHttpProtocol = 'binary' | 'json';

export interface OtelRequirements {
  readonly environment?: string | null | undefined;
  readonly exporter?: OtelExporter | null | undefined;
  readonly headers_helper?: string | null | undefined;
  readonly headers_helper_refresh_interval_ms?: number | null | undefined;
  readonly log_agent_responses?: boolean | null | undefined;
  readonly log_guardian_assessments?: boolean | null | undefined;
  readonly log_sse_deltas?: boolean | null | undefined;
  readonly log_user_prompt?: boolean | null | undefined;
  readonly metrics_exporter?: OtelExporter | null | undefined;
  readonly span_attributes?: Readonly<Record<string, string>> | null | undefined;
  readonly tool_result?: OtelToolResultLogConfig | null | undefined;
  readonly trace_exporter?: OtelExporter | null | undefined;
  readonly tracestate?: Readonly<Record<string, Readonly<Record<string, string>>>> | null | undefined;
}

export interface OtelTlsConfig {
  readonly 'ca-certificate'?: string | null | undefined;
  readonly 'client-certificate'?: string | null | undefined;
  readonly 'client-private-key'?: string | null | undefined;
}

export interface OtelToolResultLogConfig {
  readonly max_bytes: number;
}

export interface RequestHeader {
  readonly name: string;
  readonly value: string;
}

export type ResidencyRequirement = 'us';

export type WindowsSandboxImplementation = 'elevated' | 'unelevated' | 'mxc';
