// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface PermissionProfileListParams {
  /** Opaque pagination cursor returned by a previous call. */
  readonly cursor?: string | null | undefined;
  /** Optional working directory to resolve project config layers. */
  readonly cwd?: string | null | undefined;
  /** Optional page size; defaults to the full result set. */
  readonly limit?: number | null | undefined;
}

export interface PermissionProfileListResponse {
  readonly data: readonly PermissionProfileSummary[];
  /**
   * Opaque cursor to pass to the next call to continue after the last item. If None, there are no more items to
   * return.
   */
  readonly nextCursor?: string | null | undefined;
}

export interface PermissionProfileSummary {
  /** Whether the effective requirements allow selecting this profile. */
  readonly allowed: boolean;
  /** Optional user-facing description for display in clients. */
  readonly description?: string | null | undefined;
  /** Available permission profile identifier. */
  readonly id: string;
}
