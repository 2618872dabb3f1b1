// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { ReviewDecision, ThreadId } from './shared.js';

export interface ExecCommandApprovalParams {
  /** Identifier for this specific approval callback. */
  readonly approvalId?: string | null | undefined;
  /**
   * Use to correlate this with [codex_protocol::protocol::ExecCommandBeginEvent] and
   * [codex_protocol::protocol::ExecCommandEndEvent].
   */
  readonly callId: string;
  readonly command: readonly string[];
  readonly conversationId: ThreadId;
  readonly cwd: string;
  readonly parsedCmd: readonly ParsedCommand[];
  readonly reason?: string | null | undefined;
}

export interface ExecCommandApprovalResponse {
  readonly decision: ReviewDecision;
}

export type ParsedCommand =
  | {
      readonly cmd: string;
      readonly name: string;
      /**
       * (Best effort) Path to the file being read by the command. When possible, this is an absolute path, though when
       * relative, it should be resolved against the `cwd`` that will be used to run the command to derive the absolute
       * path.
       */
      readonly path: string;
      readonly type: 'read';
    }
  | {
      readonly cmd: string;
      readonly path?: string | null | undefined;
      readonly type: 'list_files';
    }
  | {
      readonly cmd: string;
      readonly path?: string | null | undefined;
      readonly query?: string | null | undefined;
      readonly type: 'search';
    }
  | {
      readonly cmd: string;
      readonly type: 'unknown';
    };
