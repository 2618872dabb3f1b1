// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export type FuzzyFileSearchMatchType = 'file' | 'directory';

export interface FuzzyFileSearchParams {
  readonly cancellationToken?: string | null | undefined;
  readonly query: string;
  readonly roots: readonly string[];
}

export interface FuzzyFileSearchResponse {
  readonly files: readonly FuzzyFileSearchResult[];
}

/** Superset of [`codex_file_search::FileMatch`] */
export interface FuzzyFileSearchResult {
  readonly file_name: string;
  readonly indices?: readonly number[] | null | undefined;
  readonly match_type: FuzzyFileSearchMatchType;
  readonly path: string;
  readonly root: string;
  readonly score: number;
}

export interface FuzzyFileSearchSessionCompletedNotification {
  readonly sessionId: string;
}

export interface FuzzyFileSearchSessionStartParams {
  readonly roots: readonly string[];
  readonly sessionId: string;
}

export type FuzzyFileSearchSessionStartResponse = Readonly<Record<string, unknown>>;

export interface FuzzyFileSearchSessionStopParams {
  readonly sessionId: string;
}

export type FuzzyFileSearchSessionStopResponse = Readonly<Record<string, unknown>>;

export interface FuzzyFileSearchSessionUpdateParams {
  readonly query: string;
  readonly sessionId: string;
}

export type FuzzyFileSearchSessionUpdateResponse = Readonly<Record<string, unknown>>;

export interface FuzzyFileSearchSessionUpdatedNotification {
  readonly files: readonly FuzzyFileSearchResult[];
  readonly query: string;
  readonly sessionId: string;
}
