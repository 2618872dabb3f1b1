import { CodexError } from './codex-error.js';
import type { Usage } from './events.js';

/** Describes an invalid line or answer. */
export interface DecodeFailure {
  /** 1-based, counting blank lines; 0 for a value without lines. */
  readonly line: number;
  /** The location in the value, such as `item.changes.0.path`; empty for the value itself. */
  readonly path: string;
  /** The problem, without the line itself. */
  readonly problem: string;
  /** The start of the line, at most 200 characters. */
  readonly excerpt: string;
  /** Of an answer: its whole text. */
  readonly text?: string | undefined;
  /** Of an answer: the tokens of the thread. */
  readonly usage?: Usage | undefined;
  /** Of an answer: its thread. */
  readonly threadId?: string | undefined;
}

/**
 * A line is not a known event: only with `strict: true`, or in the `Left` of a decoder. Or the answer of a turn does
 * not fit the schema of `finalOutput()`. Code `DECODE_FAILED`.
 */
export class DecodeError extends CodexError implements DecodeFailure {
  /** Always `DECODE_FAILED`. */
  readonly code = 'DECODE_FAILED';
  readonly line: number;
  readonly path: string;
  readonly problem: string;
  readonly excerpt: string;
  readonly text: string | undefined;
  readonly usage: Usage | undefined;
  readonly threadId: string | undefined;

  constructor(failure: DecodeFailure, cause?: unknown) {
    super('DecodeError', `${describeLocation(failure)}${failure.problem}`, { cause });
    this.line = failure.line;
    this.path = failure.path;
    this.problem = failure.problem;
    this.excerpt = failure.excerpt;
    this.text = failure.text;
    this.usage = failure.usage;
    this.threadId = failure.threadId;
  }
}

function describeLocation({ line, path }: DecodeFailure): string {
  const parts = [...(line === 0 ? [] : [`line ${line}`]), ...(path === '' ? [] : [`at ${path}`])];
  const location = parts.join(' ');
  return location === '' ? '' : `${location.charAt(0).toUpperCase()}${location.slice(1)}: `;
}
