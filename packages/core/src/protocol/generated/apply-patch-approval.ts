// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { ReviewDecision, ThreadId } from './shared.js';

export interface ApplyPatchApprovalParams {
  /**
   * Use to correlate this with [codex_protocol::protocol::PatchApplyBeginEvent] and
   * [codex_protocol::protocol::PatchApplyEndEvent].
   */
  readonly callId: string;
  readonly conversationId: ThreadId;
  readonly fileChanges: Readonly<Record<string, FileChange>>;
  /**
   * When set, the agent is asking the user to allow writes under this root for the remainder of the session (unclear
   * if this is honored today).
   */
  readonly grantRoot?: string | null | undefined;
  /** Optional explanatory reason (e.g. request for extra write access). */
  readonly reason?: string | null | undefined;
}

export interface ApplyPatchApprovalResponse {
  readonly decision: ReviewDecision;
}

export type FileChange =
  | {
      readonly content: string;
      readonly type: 'add';
    }
  | {
      readonly content: string;
      readonly type: 'delete';
    }
  | {
      readonly move_path?: string | null | undefined;
      readonly type: 'update';
      readonly unified_diff: string;
    };
