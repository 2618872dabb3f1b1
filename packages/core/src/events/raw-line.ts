/** A line that is too long or not UTF-8; `text` contains its start (cut to 64 KiB, invalid UTF-8 replaced). */
export interface ProblemLine {
  /** The start of the line. */
  readonly text: string;
  /** 1-based physical line number. */
  readonly line_number: number;
  /** Why the line is not text: it is too long, or not UTF-8. */
  readonly problem: 'oversize' | 'invalid_utf8';
}

/**
 * One line of the CLI's standard output before decoding, without its `\n` (and without one `\r` before it).
 * Blank lines are `''`, so that counting lines gives physical line numbers.
 */
export type RawLine = string | ProblemLine;
