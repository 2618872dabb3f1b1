import type { Frame } from '../timeline/frame.js';
import { compareTimelines } from './compare-timelines.js';

const MAX_MESSAGE_LENGTH = 2_000;
const MAX_STACK_LINES = 5;
/** Frames that do not lead to the code under test. */
const LIBRARY_FRAME =
  /node:internal|[\\/](?:rxjs|jest-[\w-]+|vitest|@codex-rx[\\/]testing|packages[\\/]testing[\\/](?:src|dist))[\\/]/;

/**
 * Returns an error with the report of two timelines, or `undefined` if they are equal. An error that the stream was not
 * expected to emit is quoted in full, with the lines of its stack that are not of a library, and is the `cause`.
 */
export function timelineError(
  expected: readonly Frame<unknown>[],
  actual: readonly Frame<unknown>[],
): Error | undefined {
  const report = compareTimelines(expected, actual);
  if (report === undefined) return undefined;
  const unexpected = unexpectedError(expected, actual);
  const error =
    unexpected === undefined
      ? new Error(report)
      : new Error(`${report}\nThe stream failed with ${describe(unexpected.error)}\n`, { cause: unexpected.error });
  if (error.stack !== undefined) error.stack = [`Error: ${error.message}`, ...ownFrames(error.stack)].join('\n');
  return error;
}

function unexpectedError(
  expected: readonly Frame<unknown>[],
  actual: readonly Frame<unknown>[],
): { readonly error: unknown } | undefined {
  const last = actual.at(-1)?.notification;
  if (last?.kind !== 'E' || expected.at(-1)?.notification.kind === 'E') return undefined;
  return { error: last.error };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, MAX_MESSAGE_LENGTH);
  const frames = ownFrames(error.stack ?? '').slice(0, MAX_STACK_LINES);
  return [`${error.name}: ${error.message.slice(0, MAX_MESSAGE_LENGTH)}`, ...frames].join('\n');
}

function ownFrames(stack: string): string[] {
  return stack.split('\n').filter((line) => /^\s+at /.test(line) && !LIBRARY_FRAME.test(line));
}
