import type { MarkName } from './marks.js';

/** One entry of the timeline, before it is laid out. */
export interface Entry {
  readonly mark: MarkName;
  readonly text: string;
  readonly result?: Result;
  /** Lines below it. */
  readonly details?: readonly string[];
  /** `cut`: one line of any length. `wrap`: the whole text. */
  readonly overflow: 'cut' | 'wrap';
}

/** How something that the agent did ended. */
export interface Result {
  readonly isFine: boolean;
  /** How it failed. */
  readonly how?: string;
  /** Milliseconds. */
  readonly took?: number | undefined;
}
