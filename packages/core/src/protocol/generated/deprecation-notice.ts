// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface DeprecationNoticeNotification {
  /** Optional extra guidance, such as migration steps or rationale. */
  readonly details?: string | null | undefined;
  /** Concise summary of what is deprecated. */
  readonly summary: string;
}
