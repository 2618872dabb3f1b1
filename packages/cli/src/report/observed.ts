import type { RawEvent } from './run-report.js';

/** Facts that a snapshot does not contain: times, the events themselves, and turns that a fork inherited. */
export interface Observed {
  /** By the index of the item. */
  readonly items: ReadonlyMap<number, Span>;
  /** By thread and turn id. */
  readonly turns: ReadonlyMap<string, Span>;
  readonly run: Span;
  readonly inherited: ReadonlySet<string>;
  readonly events: readonly RawEvent[];
  readonly eventCount: number;
  readonly malformed: number;
  readonly failure: string | undefined;
}

/** In ms since 1970. */
export interface Span {
  start?: number;
  end?: number;
}

/** The key of a turn in `Observed`. */
export function turnKey(threadId: string | undefined, turnId: string | undefined): string {
  return `${threadId ?? ''} ${turnId ?? ''}`;
}
