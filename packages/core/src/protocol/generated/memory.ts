// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export type MemoryResetResponse = Readonly<Record<string, unknown>>;

export interface MemoryStatusParams {
  /** Required distinct consolidated threads. Defaults to 20; supported range is 1..=4096. */
  readonly minConsolidatedThreads?: number | null | undefined;
}

export interface MemoryStatusResponse {
  readonly v2ConsolidatedThreads: number;
  readonly v2Ready: boolean;
}
