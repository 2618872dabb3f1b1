// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { LegacyAppPathString } from './shared.js';

export interface FeedbackSaveParams {
  readonly classification: string;
  readonly extraLogFiles?: readonly string[] | null | undefined;
  readonly includeLogs?: boolean | undefined;
  readonly reason?: string | null | undefined;
  /**
   * Absolute, previously unused ZIP path on the app-server host. The caller owns this file, including after a
   * disconnected RPC.
   */
  readonly savePath: LegacyAppPathString;
  readonly tags?: Readonly<Record<string, string>> | null | undefined;
  readonly threadId?: string | null | undefined;
}

export interface FeedbackSaveResponse {
  /** Same prompt hash as feedback/upload; null when prompt metadata is absent. */
  readonly promptHash?: string | null | undefined;
  readonly savedPath: LegacyAppPathString;
  readonly threadId: string;
}

export interface FeedbackUploadParams {
  readonly classification: string;
  readonly extraLogFiles?: readonly string[] | null | undefined;
  readonly includeLogs?: boolean | undefined;
  readonly reason?: string | null | undefined;
  readonly tags?: Readonly<Record<string, string>> | null | undefined;
  readonly threadId?: string | null | undefined;
}

export interface FeedbackUploadResponse {
  /**
   * Whitespace-normalized SHA-256 of the session base instructions, matching the uploaded `prompt_hash` tag. Does not
   * include later developer messages. Null when the reported rollout has no prompt metadata.
   */
  readonly promptHash?: string | null | undefined;
  readonly threadId: string;
}
