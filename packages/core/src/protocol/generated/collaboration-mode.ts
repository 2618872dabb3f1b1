// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { ModeKind, ReasoningEffort } from './shared.js';

/** EXPERIMENTAL - list collaboration mode presets. */
export type CollaborationModeListParams = Readonly<Record<string, unknown>>;

/** EXPERIMENTAL - collaboration mode presets response. */
export interface CollaborationModeListResponse {
  readonly data: readonly CollaborationModeMask[];
}

/** EXPERIMENTAL - collaboration mode preset metadata for clients. */
export interface CollaborationModeMask {
  readonly mode?: ModeKind | null | undefined;
  readonly model?: string | null | undefined;
  readonly name: string;
  readonly reasoning_effort?: ReasoningEffort | null | null | undefined;
}
