// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface GuardianWarningNotification {
  /** Concise guardian warning message for the user. */
  readonly message: string;
  /** Thread target for the guardian warning. */
  readonly threadId: string;
}
