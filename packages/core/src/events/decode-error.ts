import { CodexError, nameError } from '../util/codex-error.js';

export interface DecodeFailure {
  /** 1-based, blank lines count; 0 where there are no lines. */
  readonly line: number;
  /** Where in the value, such as `item.changes.0.path`; empty for the value itself. */
  readonly path: string;
  /** What is wrong, without the line itself. */
  readonly problem: string;
  /** The start of the line, at most 200 characters. */
  readonly excerpt: string;
}

/** A line is not an event that is known here; only with `strict: true`, or from a decoder's `Left`. Code `DECODE_FAILED`. */
export class DecodeError extends CodexError implements DecodeFailure {
  readonly code = 'DECODE_FAILED';
  readonly line: number;
  readonly path: string;
  readonly problem: string;
  readonly excerpt: string;

  constructor(failure: DecodeFailure) {
    super(`${placeOf(failure)}${failure.problem}`);
    this.line = failure.line;
    this.path = failure.path;
    this.problem = failure.problem;
    this.excerpt = failure.excerpt;
  }
}
nameError(DecodeError, 'DecodeError');

function placeOf({ line, path }: DecodeFailure): string {
  const parts = [...(line === 0 ? [] : [`line ${line}`]), ...(path === '' ? [] : [`at ${path}`])];
  const place = parts.join(' ');
  return place === '' ? '' : `${place.charAt(0).toUpperCase()}${place.slice(1)}: `;
}
