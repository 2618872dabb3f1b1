// Generated from CLI 0.171.0 by `npm run protocol:generate`.

/** EXPERIMENTAL - app metadata returned by app-list APIs. */
export interface AppBranding {
  readonly category?: string | null | undefined;
  readonly developer?: string | null | undefined;
  readonly isDiscoverableApp: boolean;
  readonly privacyPolicy?: string | null | undefined;
  readonly termsOfService?: string | null | undefined;
  readonly website?: string | null | undefined;
}

/** EXPERIMENTAL - app metadata returned by app-list APIs. */
export interface AppInfo {
  readonly appMetadata?: AppMetadata | null | undefined;
  readonly branding?: AppBranding | null | undefined;
  readonly description?: string | null | undefined;
  readonly distributionChannel?: string | null | undefined;
  readonly iconAssets?: Readonly<Record<string, string>> | null | undefined;
  readonly iconDarkAssets?: Readonly<Record<string, string>> | null | undefined;
  readonly id: string;
  readonly installUrl?: string | null | undefined;
  readonly isAccessible?: boolean | undefined;
  /** Whether this app is enabled in config.toml. Example: ```toml [apps.bad_app] enabled = false ``` */
  readonly isEnabled?: boolean | undefined;
  readonly labels?: Readonly<Record<string, string>> | null | undefined;
  readonly logoUrl?: string | null | undefined;
  readonly logoUrlDark?: string | null | undefined;
  readonly name: string;
  readonly pluginDisplayNames?: readonly string[] | undefined;
}

/** EXPERIMENTAL - notification emitted when the app list changes. */
export interface AppListUpdatedNotification {
  readonly data: readonly AppInfo[];
}

export interface AppMetadata {
  readonly categories?: readonly string[] | null | undefined;
  readonly developer?: string | null | undefined;
  readonly firstPartyRequiresInstall?: boolean | null | undefined;
  readonly review?: AppReview | null | undefined;
  readonly screenshots?: readonly AppScreenshot[] | null | undefined;
  readonly seoDescription?: string | null | undefined;
  readonly showInComposerWhenUnlinked?: boolean | null | undefined;
  readonly subCategories?: readonly string[] | null | undefined;
  readonly version?: string | null | undefined;
  readonly versionId?: string | null | undefined;
  readonly versionNotes?: string | null | undefined;
}

export interface AppReview {
  readonly status: string;
}

export interface AppScreenshot {
  readonly fileId?: string | null | undefined;
  readonly url?: string | null | undefined;
  readonly userPrompt: string;
}

/** EXPERIMENTAL - metadata returned by app/read. */
export interface AppToolSummary {
  readonly description: string;
  readonly disabledReason?: string | null | undefined;
  readonly isEnabled?: boolean | undefined;
  readonly isReadOnly?: boolean | undefined;
  readonly name: string;
  readonly title?: string | null | undefined;
}

/** Read the committed installed connector runtime snapshot. */
export interface AppsInstalledParams {
  /** When true and Apps are permitted, refresh and publish the hosted connector runtime tool snapshot first. */
  readonly forceRefresh?: boolean | undefined;
  /** Optional loaded thread id used to evaluate effective app configuration. */
  readonly threadId?: string | null | undefined;
}

/** The installed connectors in one committed runtime snapshot. */
export interface AppsInstalledResponse {
  readonly apps: readonly InstalledApp[];
}

/** EXPERIMENTAL - list available apps/connectors. */
export interface AppsListParams {
  /** Opaque pagination cursor returned by a previous call. */
  readonly cursor?: string | null | undefined;
  /** When true, bypass app caches and fetch the latest data from sources. */
  readonly forceRefetch?: boolean | undefined;
  /** Optional page size; defaults to a reasonable server-side value. */
  readonly limit?: number | null | undefined;
  /** Optional thread id used to evaluate app feature gating from that thread's config. */
  readonly threadId?: string | null | undefined;
}

/** EXPERIMENTAL - app list response. */
export interface AppsListResponse {
  readonly data: readonly AppInfo[];
  /**
   * Opaque cursor to pass to the next call to continue after the last item. If None, there are no more items to
   * return.
   */
  readonly nextCursor?: string | null | undefined;
}

/** EXPERIMENTAL - read metadata for specific apps/connectors. */
export interface AppsReadParams {
  /**
   * App ids to read. The server accepts at most 100 ids and deduplicates repeated ids while preserving their
   * first-request order.
   */
  readonly appIds: readonly string[];
  /** When true, include display-only public tool summaries in the returned metadata. */
  readonly includeTools?: boolean | undefined;
  /** Optional loaded thread id used to evaluate effective app configuration. */
  readonly threadId?: string | null | undefined;
}

/** EXPERIMENTAL - app/read response. */
export interface AppsReadResponse {
  readonly apps: readonly ConnectorMetadata[];
  readonly missingAppIds: readonly string[];
}

/** EXPERIMENTAL - metadata returned by app/read. */
export interface ConnectorMetadata {
  readonly description?: string | null | undefined;
  readonly distributionChannel?: string | null | undefined;
  readonly iconUrl?: string | null | undefined;
  readonly iconUrlDark?: string | null | undefined;
  readonly id: string;
  readonly installUrl?: string | null | undefined;
  readonly name: string;
  readonly pluginDisplayNames?: readonly string[] | undefined;
  readonly toolSummaries?: readonly AppToolSummary[] | null | undefined;
}

/** Installed connector runtime state. */
export interface InstalledApp {
  /**
   * Whether the connector is enabled and has a non-synthetic, model-visible tool allowed by effective MCP and
   * app/tool policy in the committed runtime snapshot.
   */
  readonly callable: boolean;
  /** Effective enabled state after applying global, workspace, local, and managed configuration at read time. */
  readonly enabled: boolean;
  readonly id: string;
  /** Best-effort name carried by the runtime tool catalog. Canonical app metadata remains owned by `app/read`. */
  readonly runtimeName?: string | null | undefined;
}
