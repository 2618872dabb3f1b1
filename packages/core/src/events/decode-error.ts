import { CodexError } from '../util/codex-error.js';

export interface DecodeFailure {
  /** 1-based, counting blank lines; 0 for a value without lines. */
  readonly line: number;
  /** The location in the value, such as `item.changes.0.path`; empty for the value itself. */
  readonly path: string;
  /** The problem, without the line itself. */
  readonly problem: string;
  /** The start of the line, at most 200 characters. */
  readonly excerpt: string;
}

/** A line is not a known event. Only with `strict: true`, or in the `Left` of a decoder. Code `DECODE_FAILED`. */
export class DecodeError extends CodexError implements DecodeFailure {
  readonly code = 'DECODE_FAILED';
  readonly line: number;
  readonly path: string;
  readonly problem: string;
  readonly excerpt: string;

  constructor(failure: DecodeFailure) {
    super('DecodeError', `${describeLocation(failure)}${failure.problem}`);
    this.line = failure.line;
    this.path = failure.path;
    this.problem = failure.problem;
    this.excerpt = failure.excerpt;
  }
}

function describeLocation({ line, path }: DecodeFailure): string {
  const parts = [...(line === 0 ? [] : [`line ${line}`]), ...(path === '' ? [] : [`at ${path}`])];
  const location = parts.join(' ');
  return location === '' ? '' : `${location.charAt(0).toUpperCase()}${location.slice(1)}: `;
}
