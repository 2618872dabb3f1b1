// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface ConfigWarningNotification {
  /** Optional extra guidance or error details. */
  readonly details?: string | null | undefined;
  /** Optional path to the config file that triggered the warning. */
  readonly path?: string | null | undefined;
  /** Optional range for the error location inside the config file. */
  readonly range?: TextRange | null | undefined;
  /** Concise summary of the warning. */
  readonly summary: string;
}

export interface TextPosition {
  /** 1-based column number (in Unicode scalar values). */
  readonly column: number;
  /** 1-based line number. */
  readonly line: number;
}

export interface TextRange {
  readonly end: TextPosition;
  readonly start: TextPosition;
}
