// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface WarningNotification {
  /** Concise warning message for the user. */
  readonly message: string;
  /** Optional thread target when the warning applies to a specific thread. */
  readonly threadId?: string | null | undefined;
}
