// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface ExperimentalFeature {
  /** Announcement copy shown to users when the feature is introduced. Null when this feature is not in beta. */
  readonly announcement?: string | null | undefined;
  /** Whether this feature is enabled by default. */
  readonly defaultEnabled: boolean;
  /** Short summary describing what the feature does. Null when this feature is not in beta. */
  readonly description?: string | null | undefined;
  /** User-facing display name shown in the experimental features UI. Null when this feature is not in beta. */
  readonly displayName?: string | null | undefined;
  /** Whether this feature is currently enabled in the loaded config. */
  readonly enabled: boolean;
  /** Stable key used in config.toml and CLI flag toggles. */
  readonly name: string;
  /** Lifecycle stage of this feature flag. */
  readonly stage: ExperimentalFeatureStage;
}

export interface ExperimentalFeatureEnablementSetParams {
  /**
   * Process-wide runtime feature enablement keyed by canonical feature name.
   *
   * Only named features are updated. Omitted features are left unchanged. Send an empty map for a no-op.
   */
  readonly enablement: Readonly<Record<string, boolean>>;
}

export interface ExperimentalFeatureEnablementSetResponse {
  /** Feature enablement entries updated by this request. */
  readonly enablement: Readonly<Record<string, boolean>>;
}

export interface ExperimentalFeatureListParams {
  /** Opaque pagination cursor returned by a previous call. */
  readonly cursor?: string | null | undefined;
  /** Optional page size; defaults to a reasonable server-side value. */
  readonly limit?: number | null | undefined;
  /**
   * Optional loaded thread id. Pass this when showing feature state for an existing thread so enablement is computed
   * from that thread's refreshed config, including project-local config for the thread's cwd.
   */
  readonly threadId?: string | null | undefined;
}

export interface ExperimentalFeatureListResponse {
  readonly data: readonly ExperimentalFeature[];
  /**
   * Opaque cursor to pass to the next call to continue after the last item. If None, there are no more items to
   * return.
   */
  readonly nextCursor?: string | null | undefined;
}

export type ExperimentalFeatureStage = 'beta' | 'underDevelopment' | 'stable' | 'deprecated' | 'removed';
