// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { AbsolutePathBuf, HookEventName, LegacyAppPathString, SkillInterface } from './shared.js';

/** EXPERIMENTAL - app metadata summary for plugin responses. */
export interface AppSummary {
  readonly category?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly id: string;
  readonly installUrl?: string | null | undefined;
  readonly name: string;
}

export interface AppTemplateSummary {
  readonly canonicalConnectorId?: string | null | undefined;
  readonly category?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly logoUrl?: string | null | undefined;
  readonly logoUrlDark?: string | null | undefined;
  readonly materializedAppIds: readonly string[];
  readonly name: string;
  readonly reason?: AppTemplateUnavailableReason | null | undefined;
  readonly templateId: string;
}

export type AppTemplateUnavailableReason = 'NOT_CONFIGURED_FOR_WORKSPACE' | 'NO_ACTIVE_WORKSPACE';

export interface MarketplaceInterface {
  readonly displayName?: string | null | undefined;
}

export interface MarketplaceLoadErrorInfo {
  readonly marketplacePath: AbsolutePathBuf;
  readonly message: string;
}

export type PluginAuthPolicy = 'ON_INSTALL' | 'ON_USE';

export type PluginAvailability = 'DISABLED_BY_ADMIN' | 'AVAILABLE';

export interface PluginDetail {
  readonly appTemplates: readonly AppTemplateSummary[];
  readonly apps: readonly AppSummary[];
  readonly description?: string | null | undefined;
  readonly hooks: readonly PluginHookSummary[];
  readonly marketplaceName: string;
  readonly marketplacePath?: AbsolutePathBuf | null | undefined;
  readonly mcpServers: readonly string[];
  /** The declared onboarding skill, when the plugin and visible skill are enabled. */
  readonly onboardingSkill?: SkillSummary | null | undefined;
  readonly scheduledTasks?: readonly ScheduledTaskSummary[] | null | undefined;
  readonly shareUrl?: string | null | undefined;
  readonly skills: readonly SkillSummary[];
  readonly summary: PluginSummary;
}

export type PluginDisabledReason = 'disabled_by_admin' | 'plan_not_eligible' | 'required_app_unavailable' | 'unknown';

export interface PluginHookSummary {
  readonly eventName: HookEventName;
  readonly key: string;
}

export interface PluginInstallParams {
  /** Client-generated identifier used to correlate one installation attempt. */
  readonly installAttemptId?: string | null | undefined;
  readonly marketplacePath?: AbsolutePathBuf | null | undefined;
  readonly pluginName: string;
  readonly remoteMarketplaceName?: string | null | undefined;
}

export type PluginInstallPolicy = 'NOT_AVAILABLE' | 'AVAILABLE' | 'INSTALLED_BY_DEFAULT';

export type PluginInstallPolicySource = 'WORKSPACE_SETTING' | 'IMPLICIT_CANONICAL_APP';

export interface PluginInstallResponse {
  readonly appsNeedingAuth: readonly AppSummary[];
  readonly authPolicy: PluginAuthPolicy;
}

export interface PluginInstalledParams {
  /** Optional working directories used to discover repo marketplaces. */
  readonly cwds?: readonly AbsolutePathBuf[] | null | undefined;
  /**
   * Additional uninstalled plugin names that should be returned when present locally. This is used by mention
   * surfaces that intentionally expose install entrypoints.
   */
  readonly installSuggestionPluginNames?: readonly string[] | null | undefined;
}

export interface PluginInstalledResponse {
  readonly marketplaceLoadErrors?: readonly MarketplaceLoadErrorInfo[] | undefined;
  readonly marketplaces: readonly PluginMarketplaceEntry[];
}

export interface PluginInterface {
  readonly brandColor?: string | null | undefined;
  readonly capabilities: readonly string[];
  readonly category?: string | null | undefined;
  /** Local composer icon path, resolved from the installed plugin package. */
  readonly composerIcon?: AbsolutePathBuf | null | undefined;
  /** Remote composer icon URL from the plugin catalog. */
  readonly composerIconUrl?: string | null | undefined;
  /** Starter prompts for the plugin. Capped at 3 entries with a maximum of 512 characters per entry. */
  readonly defaultPrompt?: readonly string[] | null | undefined;
  readonly developerName?: string | null | undefined;
  readonly displayName?: string | null | undefined;
  /** Local logo path, resolved from the installed plugin package. */
  readonly logo?: AbsolutePathBuf | null | undefined;
  /** Local dark-mode logo path, resolved from the installed plugin package. */
  readonly logoDark?: AbsolutePathBuf | null | undefined;
  /** Remote logo URL from the plugin catalog. */
  readonly logoUrl?: string | null | undefined;
  /** Remote dark-mode logo URL from the plugin catalog. */
  readonly logoUrlDark?: string | null | undefined;
  readonly longDescription?: string | null | undefined;
  readonly privacyPolicyUrl?: string | null | undefined;
  /** Remote screenshot URLs from the plugin catalog. */
  readonly screenshotUrls: readonly string[];
  /** Local screenshot paths, resolved from the installed plugin package. */
  readonly screenshots: readonly AbsolutePathBuf[];
  readonly shortDescription?: string | null | undefined;
  readonly termsOfServiceUrl?: string | null | undefined;
  readonly websiteUrl?: string | null | undefined;
}

export type PluginListMarketplaceKind =
  | 'local'
  | 'vertical'
  | 'workspace-directory'
  | 'shared-with-me'
  | 'created-by-me-remote';

export interface PluginListParams {
  /**
   * Optional working directories used to discover repo marketplaces. When omitted, only home-scoped marketplaces and
   * the official curated marketplace are considered.
   */
  readonly cwds?: readonly AbsolutePathBuf[] | null | undefined;
  /** Whether the client requests a fresh remote plugin catalog fetch. */
  readonly forceRefetch?: boolean | undefined;
  /**
   * Optional marketplace kind filter. When omitted, only local marketplaces are queried, plus the default remote
   * catalog when enabled by feature flag.
   */
  readonly marketplaceKinds?: readonly PluginListMarketplaceKind[] | null | undefined;
}

export interface PluginListResponse {
  readonly featuredPluginIds?: readonly string[] | undefined;
  readonly marketplaceLoadErrors?: readonly MarketplaceLoadErrorInfo[] | undefined;
  readonly marketplaces: readonly PluginMarketplaceEntry[];
}

export interface PluginMarketplaceEntry {
  readonly interface?: MarketplaceInterface | null | undefined;
  readonly name: string;
  /**
   * Local marketplace file path when the marketplace is backed by a local file. Remote-only catalog marketplaces do
   * not have a local path.
   */
  readonly path?: AbsolutePathBuf | null | undefined;
  readonly plugins: readonly PluginSummary[];
}

export interface PluginReadParams {
  readonly marketplacePath?: AbsolutePathBuf | null | undefined;
  readonly pluginName: string;
  readonly remoteMarketplaceName?: string | null | undefined;
}

export interface PluginReadResponse {
  readonly plugin: PluginDetail;
}

/**
 * Runtime categories affected by this change, not just capabilities currently present. Flags describe declarations
 * before runtime policy filtering. Updates OR the old and new bundle flags; enablement changes and cached reinstalls
 * use the cached bundle; removals retain the old bundle's flags.
 */
export interface PluginReconcileChangedPlugin {
  readonly hasApps: boolean;
  readonly hasHooks: boolean;
  readonly hasMcps: boolean;
  /** Whether either bundle declares skill roots; not a validated inventory of enabled skills. */
  readonly hasSkills: boolean;
  /** Local plugin ID (`name@marketplace`), matching `PluginSummary.id`. */
  readonly id: string;
}

export interface PluginReconcileParams {
  /** Optional client-provided reason recorded with the reconciliation attempt. */
  readonly reason?: string | null | undefined;
}

/**
 * Bundle and installed-state changes observed by this pass, not a runtime-readiness acknowledgement or a cumulative
 * diff since the client's last request. Other metadata-only changes are not listed.
 */
export interface PluginReconcileResponse {
  /**
   * Plugins affected by bundle changes, enablement changes, or removals. Installed-state changes compare against the
   * previous cached snapshot, including cached reinstalls. Removal hints survive cache cleanup failures; unchanged
   * plugins are omitted.
   */
  readonly changedPlugins: readonly PluginReconcileChangedPlugin[];
  /**
   * Subset of failures for which the requested bundle could not be materialized. A previously cached version may
   * still be available.
   */
  readonly failedMaterializationRemotePluginIds: readonly string[];
  /** Backend remote plugin IDs whose bundle or identity update failed. */
  readonly failedRemotePluginIds: readonly string[];
}

export interface PluginSearchParams {
  readonly cursor?: string | null | undefined;
  readonly cwds?: readonly AbsolutePathBuf[] | null | undefined;
  readonly limit?: number | null | undefined;
  readonly scope?: PluginSearchScope | null | undefined;
  readonly searchTerm: string;
}

export interface PluginSearchResponse {
  readonly data: readonly PluginSearchResult[];
  readonly nextCursor?: string | null | undefined;
}

export interface PluginSearchResult {
  readonly marketplaceName: string;
  readonly marketplacePath?: AbsolutePathBuf | null | undefined;
  readonly plugin: PluginSummary;
}

export type PluginSearchScope = 'global' | 'workspace' | 'personal';

export interface PluginShareCheckoutParams {
  readonly remotePluginId: string;
}

export interface PluginShareCheckoutResponse {
  readonly marketplaceName: string;
  readonly marketplacePath: AbsolutePathBuf;
  readonly pluginId: string;
  readonly pluginName: string;
  readonly pluginPath: AbsolutePathBuf;
  readonly remotePluginId: string;
  readonly remoteVersion?: string | null | undefined;
}

export interface PluginShareContext {
  readonly canPublishToWorkspace?: boolean | null | undefined;
  readonly creatorAccountUserId?: string | null | undefined;
  readonly creatorName?: string | null | undefined;
  readonly discoverability?: PluginShareDiscoverability | null | undefined;
  readonly remotePluginId: string;
  /** Version of the remote shared plugin release when available. */
  readonly remoteVersion?: string | null | undefined;
  readonly sharePrincipals?: readonly PluginSharePrincipal[] | null | undefined;
  readonly shareUrl?: string | null | undefined;
}

export interface PluginShareDeleteParams {
  readonly remotePluginId: string;
}

export type PluginShareDeleteResponse = Readonly<Record<string, unknown>>;

export type PluginShareDiscoverability = 'LISTED' | 'UNLISTED' | 'PRIVATE';

export interface PluginShareListItem {
  readonly localPluginPath?: AbsolutePathBuf | null | undefined;
  readonly plugin: PluginSummary;
}

export type PluginShareListParams = Readonly<Record<string, unknown>>;

export interface PluginShareListResponse {
  readonly data: readonly PluginShareListItem[];
}

export interface PluginSharePrincipal {
  readonly name: string;
  readonly principalId: string;
  readonly principalType: PluginSharePrincipalType;
  readonly role: PluginSharePrincipalRole;
}

export type PluginSharePrincipalRole = 'reader' | 'editor' | 'owner';

export type PluginSharePrincipalType = 'user' | 'group' | 'workspace';

export interface PluginShareSaveParams {
  readonly discoverability?: PluginShareDiscoverability | null | undefined;
  readonly pluginPath: AbsolutePathBuf;
  readonly remotePluginId?: string | null | undefined;
  readonly shareTargets?: readonly PluginShareTarget[] | null | undefined;
}

export interface PluginShareSaveResponse {
  readonly canPublishToWorkspace?: boolean | null | undefined;
  readonly remotePluginId: string;
  readonly shareUrl: string;
}

export interface PluginShareTarget {
  readonly principalId: string;
  readonly principalType: PluginSharePrincipalType;
  readonly role: PluginShareTargetRole;
}

export type PluginShareTargetRole = 'reader' | 'editor';

export type PluginShareUpdateDiscoverability = 'UNLISTED' | 'PRIVATE' | 'LISTED';

export interface PluginShareUpdateTargetsParams {
  readonly discoverability: PluginShareUpdateDiscoverability;
  readonly remotePluginId: string;
  readonly shareTargets: readonly PluginShareTarget[];
}

export interface PluginShareUpdateTargetsResponse {
  readonly discoverability: PluginShareDiscoverability;
  readonly principals: readonly PluginSharePrincipal[];
}

export interface PluginSkillReadParams {
  readonly remoteMarketplaceName: string;
  readonly remotePluginId: string;
  readonly skillName: string;
}

export interface PluginSkillReadResponse {
  readonly contents?: string | null | undefined;
}

export type PluginSource =
  | {
      readonly path: AbsolutePathBuf;
      readonly type: 'local';
    }
  | {
      readonly path?: string | null | undefined;
      readonly refName?: string | null | undefined;
      readonly sha?: string | null | undefined;
      readonly type: 'git';
      readonly url: string;
    }
  | {
      readonly package: string;
      /** Optional HTTPS registry URL. Authentication stays in the user's npm config. */
      readonly registry?: string | null | undefined;
      readonly type: 'npm';
      /** Optional npm version or version range. */
      readonly version?: string | null | undefined;
    }
  | {
      readonly type: 'remote';
    };

export interface PluginSummary {
  readonly authPolicy: PluginAuthPolicy;
  /** Availability state for installing and using the plugin. */
  readonly availability?: PluginAvailability | undefined;
  /** Why the remote plugin is unavailable, when provided by plugin-service. */
  readonly disabledReason?: PluginDisabledReason | null | undefined;
  /** Raw plugin-service plan identifiers eligible to install the plugin. */
  readonly eligiblePlanTypes?: readonly string[] | null | undefined;
  readonly enabled: boolean;
  readonly id: string;
  readonly installPolicy: PluginInstallPolicy;
  readonly installPolicySource?: PluginInstallPolicySource | null | undefined;
  readonly installed: boolean;
  /** Unix timestamp in seconds when the remote plugin was installed, when available. */
  readonly installedAt?: number | null | undefined;
  readonly interface?: PluginInterface | null | undefined;
  readonly keywords?: readonly string[] | undefined;
  /** Version of the locally materialized plugin package when available. */
  readonly localVersion?: string | null | undefined;
  readonly mustShowInstallationInterstitial?: boolean | null | undefined;
  readonly name: string;
  /** Backend remote plugin identifier when available. */
  readonly remotePluginId?: string | null | undefined;
  /** Remote sharing context associated with this plugin when available. */
  readonly shareContext?: PluginShareContext | null | undefined;
  readonly source: PluginSource;
  /** Version advertised by the remote marketplace backend when available. */
  readonly version?: string | null | undefined;
}

export interface PluginUninstallParams {
  readonly pluginId: string;
}

export type PluginUninstallResponse = Readonly<Record<string, unknown>>;

export type ScheduledTaskSchedule =
  | {
      readonly days?: readonly ScheduledTaskWeekday[] | null | undefined;
      readonly intervalHours: number;
      readonly type: 'hourly';
    }
  | {
      readonly time: string;
      readonly type: 'daily';
    }
  | {
      readonly time: string;
      readonly type: 'weekdays';
    }
  | {
      readonly days: readonly ScheduledTaskWeekday[];
      readonly time: string;
      readonly type: 'weekly';
    };

export interface ScheduledTaskSummary {
  readonly key: string;
  readonly name: string;
  readonly prompt: string;
  readonly schedule: ScheduledTaskSchedule;
}

export type ScheduledTaskWeekday = 'MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU';

export interface SkillSummary {
  readonly description: string;
  readonly enabled: boolean;
  readonly interface?: SkillInterface | null | undefined;
  readonly name: string;
  readonly path?: LegacyAppPathString | null | undefined;
  readonly shortDescription?: string | null | undefined;
}
