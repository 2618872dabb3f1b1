// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface WindowsWorldWritableWarningNotification {
  readonly extraCount: number;
  readonly failedScan: boolean;
  readonly samplePaths: readonly string[];
}
