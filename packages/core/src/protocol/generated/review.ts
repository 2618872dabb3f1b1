// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { Turn } from './shared.js';

export type ReviewDelivery = 'inline';

export interface ReviewStartParams {
  /**
   * Reviews run inline on the supplied thread. Omit this field or pass `inline`. To review on a separate thread,
   * start a thread first and use its id.
   */
  readonly delivery?: ReviewDelivery | null | undefined;
  readonly target: ReviewTarget;
  readonly threadId: string;
}

export interface ReviewStartResponse {
  /** The thread id supplied to `review/start`. */
  readonly reviewThreadId: string;
  readonly turn: Turn;
}

export type ReviewTarget =
  | {
      readonly type: 'uncommittedChanges';
    }
  | {
      readonly branch: string;
      readonly type: 'baseBranch';
    }
  | {
      readonly sha: string;
      /** Optional human-readable label (e.g., commit subject) for UIs. */
      readonly title?: string | null | undefined;
      readonly type: 'commit';
    }
  | {
      readonly instructions: string;
      readonly type: 'custom';
    };
