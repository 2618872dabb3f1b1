// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface StrictReviewRequiredNotification {
  /** Unix timestamp (in milliseconds) when this review started. */
  readonly startedAtMs: number;
  readonly threadId: string;
  readonly turnId: string;
}
