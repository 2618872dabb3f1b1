// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type {
  AbsolutePathBuf,
  AllowDenyRequirement,
  ApprovalsReviewer,
  AskForApproval,
  ForcedLoginMethod,
  ReasoningEffort,
  ReasoningSummary,
  SandboxMode,
  WebSearchMode,
} from './shared.js';

export interface AnalyticsConfig {
  readonly enabled?: boolean | null | undefined;
}

export type AppToolApproval = 'auto' | 'prompt' | 'writes' | 'approve';

export interface AppsConfig {
  readonly _default?: AppsDefaultConfig | null | undefined;
}

export interface AppsDefaultConfig {
  readonly approvals_reviewer?: ApprovalsReviewer | null | undefined;
  readonly default_tools_approval_mode?: AppToolApproval | null | undefined;
  readonly destructive_enabled?: boolean | undefined;
  readonly enabled?: boolean | undefined;
  readonly open_world_enabled?: boolean | undefined;
}

/** Selects which part of the active context is charged against `model_auto_compact_token_limit`. */
export type AutoCompactTokenLimitScope = 'total' | 'body_after_prefix';

export interface BrowserUseConfig {
  readonly allow_history_access?: boolean | null | undefined;
  readonly default_origin_policy?: BrowserUseOriginPolicyConfig | null | undefined;
  readonly origins?: Readonly<Record<string, BrowserUseOriginPolicyConfig>> | null | undefined;
}

export interface BrowserUseOriginPolicyConfig {
  readonly access?: AllowDenyRequirement | null | undefined;
  readonly downloads?: AllowDenyRequirement | null | undefined;
  readonly full_cdp_access?: AllowDenyRequirement | null | undefined;
  readonly uploads?: AllowDenyRequirement | null | undefined;
}

export interface ComputerUseConfig {
  readonly default_app_access?: AllowDenyRequirement | null | undefined;
  readonly macos?: ComputerUseMacosConfig | null | undefined;
  readonly windows?: ComputerUseWindowsConfig | null | undefined;
}

export interface ComputerUseMacosConfig {
  readonly bundle_ids?: Readonly<Record<string, AllowDenyRequirement>> | null | undefined;
}

export interface ComputerUseWindowsConfig {
  readonly aumids?: Readonly<Record<string, AllowDenyRequirement>> | null | undefined;
  readonly exes?: readonly ComputerUseWindowsExeConfig[] | null | undefined;
}

export interface ComputerUseWindowsExeConfig {
  readonly access: AllowDenyRequirement;
  readonly binary_name?: string | null | undefined;
  readonly product_name: string;
  readonly publisher_name: string;
}

export interface Config {
  readonly analytics?: AnalyticsConfig | null | undefined;
  readonly approval_policy?: AskForApproval | null | undefined;
  /** [UNSTABLE] Optional default for where approval requests are routed for review. */
  readonly approvals_reviewer?: ApprovalsReviewer | null | undefined;
  readonly apps?: AppsConfig | null | undefined;
  readonly browser_use?: BrowserUseConfig | null | undefined;
  /** Effective tools.client_search_provider hint. Model-selected providers take precedence. */
  readonly client_search_provider?: WebSearchProvider | null | undefined;
  readonly compact_prompt?: string | null | undefined;
  readonly computer_use?: ComputerUseConfig | null | undefined;
  readonly desktop?: Readonly<Record<string, unknown>> | null | undefined;
  readonly developer_instructions?: string | null | undefined;
  readonly forced_chatgpt_workspace_id?: ForcedChatgptWorkspaceIds | null | undefined;
  readonly forced_login_method?: ForcedLoginMethod | null | undefined;
  readonly instructions?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly model_auto_compact_token_limit?: number | null | undefined;
  readonly model_auto_compact_token_limit_scope?: AutoCompactTokenLimitScope | null | undefined;
  readonly model_context_window?: number | null | undefined;
  readonly model_provider?: string | null | undefined;
  readonly model_reasoning_effort?: ReasoningEffort | null | undefined;
  readonly model_reasoning_summary?: ReasoningSummary | null | undefined;
  readonly model_verbosity?: Verbosity | null | undefined;
  readonly review_model?: string | null | undefined;
  readonly sandbox_mode?: SandboxMode | null | undefined;
  readonly sandbox_workspace_write?: SandboxWorkspaceWrite | null | undefined;
  readonly service_tier?: string | null | undefined;
  readonly tools?: ToolsV2 | null | undefined;
  readonly web_search?: WebSearchMode | null | undefined;
}

export interface ConfigBatchWriteParams {
  readonly edits: readonly ConfigEdit[];
  readonly expectedVersion?: string | null | undefined;
  /** Path to the config file to write; defaults to the user's `config.toml` when omitted. */
  readonly filePath?: string | null | undefined;
  /**
   * When true, hot-reload updated runtime settings into loaded threads after writing. Session-static model,
   * reasoning-effort, Plan-mode reasoning-effort, and service-tier defaults are not reloaded. The deprecated
   * personality setting is also not reloaded.
   */
  readonly reloadUserConfig?: boolean | undefined;
}

export interface ConfigEdit {
  readonly keyPath: string;
  readonly mergeStrategy: MergeStrategy;
  readonly value: unknown;
}

export interface ConfigLayer {
  readonly config: unknown;
  readonly disabledReason?: string | null | undefined;
  readonly name: ConfigLayerSource;
  readonly version: string;
}

export interface ConfigLayerMetadata {
  readonly name: ConfigLayerSource;
  readonly version: string;
}

export type ConfigLayerSource =
  | {
      /** Path to the packaged default configuration file. */
      readonly file: AbsolutePathBuf;
      readonly type: 'packagedDefaults';
    }
  | {
      readonly domain: string;
      readonly key: string;
      readonly type: 'mdm';
    }
  | {
      /** This is the path to the system config.toml file, though it is not guaranteed to exist. */
      readonly file: AbsolutePathBuf;
      readonly type: 'system';
    }
  | {
      /** Stable identifier for the delivered layer. */
      readonly id: string;
      /**
       * Admin-facing name for the delivered layer. This is surfaced in diagnostics so users know which cloud layer needs
       * administrator attention.
       */
      readonly name: string;
      readonly type: 'enterpriseManaged';
    }
  | {
      /** This is the path to the user's config.toml file, though it is not guaranteed to exist. */
      readonly file: AbsolutePathBuf;
      /**
       * Name of the selected profile-v2 config layered on top of the base user config, when this layer represents one.
       */
      readonly profile?: string | null | undefined;
      readonly type: 'user';
    }
  | {
      readonly dotCodexFolder: AbsolutePathBuf;
      readonly type: 'project';
    }
  | {
      readonly type: 'sessionFlags';
    }
  | {
      readonly file: AbsolutePathBuf;
      readonly type: 'legacyManagedConfigTomlFromFile';
    }
  | {
      readonly type: 'legacyManagedConfigTomlFromMdm';
    };

export interface ConfigReadParams {
  /**
   * Optional working directory to resolve project config layers. If specified, return the effective config as seen
   * from that directory (i.e., including any project layers between `cwd` and the project/repo root).
   */
  readonly cwd?: string | null | undefined;
  readonly includeLayers?: boolean | undefined;
}

export interface ConfigReadResponse {
  readonly config: Config;
  readonly layers?: readonly ConfigLayer[] | null | undefined;
  readonly origins: Readonly<Record<string, ConfigLayerMetadata>>;
}

export interface ConfigValueWriteParams {
  readonly expectedVersion?: string | null | undefined;
  /** Path to the config file to write; defaults to the user's `config.toml` when omitted. */
  readonly filePath?: string | null | undefined;
  readonly keyPath: string;
  readonly mergeStrategy: MergeStrategy;
  readonly value: unknown;
}

export interface ConfigWriteResponse {
  /** Canonical path to the config file that was written. */
  readonly filePath: AbsolutePathBuf;
  readonly overriddenMetadata?: OverriddenMetadata | null | undefined;
  readonly status: WriteStatus;
  readonly version: string;
}

/** Backward-compatible API shape for ChatGPT workspace login restrictions. */
export type ForcedChatgptWorkspaceIds = string | readonly string[];

export type McpServerRefreshResponse = Readonly<Record<string, unknown>>;

export type MergeStrategy = 'replace' | 'upsert';

export interface OverriddenMetadata {
  readonly effectiveValue: unknown;
  readonly message: string;
  readonly overridingLayer: ConfigLayerMetadata;
}

export interface SandboxWorkspaceWrite {
  readonly exclude_slash_tmp?: boolean | undefined;
  readonly exclude_tmpdir_env_var?: boolean | undefined;
  readonly network_access?: boolean | undefined;
  readonly writable_roots?: readonly string[] | undefined;
}

export interface ToolsV2 {
  readonly web_search?: WebSearchToolConfig | null | undefined;
}

/**
 * Controls output length/detail on GPT-5 models via the Responses API. Serialized with lowercase values to match the
 * OpenAI API.
 */
export type Verbosity = 'low' | 'medium' | 'high';

export type WebSearchContextSize = 'low' | 'medium' | 'high';

export interface WebSearchLocation {
  readonly city?: string | null | undefined;
  readonly country?: string | null | undefined;
  readonly region?: string | null | undefined;
  readonly timezone?: string | null | undefined;
}

/** Provider preference selected by the resolved model catalog entry. */
export type WebSearchProvider = 'standalone' | 'search_mcp';

export interface WebSearchToolConfig {
  readonly allowed_domains?: readonly string[] | null | undefined;
  readonly context_size?: WebSearchContextSize | null | undefined;
  readonly location?: WebSearchLocation | null | undefined;
}

export type WriteStatus = 'ok' | 'okOverridden';
