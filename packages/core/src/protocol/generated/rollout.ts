// Generated from CLI 0.171.0 by `npm run protocol:generate`.

/**
 * Acknowledges the compression trigger, not completion. Existing maintenance locks and cooldowns can cause the
 * background pass to skip without doing work.
 */
export type RolloutCompressResponse = Readonly<Record<string, unknown>>;
