import type { Writable } from 'node:stream';
import { RequestError } from '@codex-rx/core/errors';
import type { RawLine } from '@codex-rx/core/events';
import type { MonoTypeOperatorFunction } from 'rxjs';
import { forwardBackpressure } from './backpressure.js';
import { type TeeFileOptions, teeToFile } from './tee-to-file.js';
import { teeToWritable } from './tee-to-writable.js';

export interface TeeLinesOptions extends TeeFileOptions {
  /** What a failure to write does: it ends the stream with an `OutputError` (default), or ends the copying only. */
  readonly onError?: 'error' | 'ignore' | undefined;
}

/**
 * Writes each line to a file or a Writable before passing it on.
 *
 * <span class="informal">Keep the raw log of a run, and watch it live.</span>
 *
 * With a path: the file is opened on subscribe and closed when the stream completes, errors or is unsubscribed. A line is in the file
 * (synchronously, with `flush` on the disk) before it is passed on. Paths are relative to the working directory that the host has on
 * subscribe. Several runs of one host may log to one path, with `rotate`, too.
 *
 * With a Writable: when it is full, lines are held back until it drains, and a source that can be paused is paused. Completion and errors
 * come after the lines that were held. The Writable stays open: it belongs to the caller, who must not end it before the lines have
 * ended. One that is ended or destroyed already fails on subscribe, before the source is subscribed.
 *
 * Blank lines are written as such, so that line numbers stay true; a line that could not be handed over whole is written as the text that
 * is left of it. Errors with an {@link OutputError} (code `OUTPUT_FAILED`, kind `tee`) if the target fails, unless `onError` is `ignore`.
 * Throws a `RequestError` (code `REQUEST_INVALID`) when it is created with a target or options that
 * make no sense.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { teeLines } from '@codex-rx/operators/node';
 *
 * exec$({ prompt: 'Fix the build', lines: teeLines('logs/run.jsonl') }).subscribe();
 * ```
 *
 * @param target A path, or a Writable such as `process.stdout`.
 * @param options What to do when the target fails, and how to keep the file.
 * @return An operator that mirrors the source.
 */
export function teeLines(target: string | Writable, options: TeeLinesOptions = {}): MonoTypeOperatorFunction<RawLine> {
  checkTarget(target);
  if (options.onError !== undefined && !['error', 'ignore'].includes(options.onError)) {
    throw new RequestError('teeLines.onError', `must be 'error' or 'ignore', not ${JSON.stringify(options.onError)}`);
  }
  const isTolerant = options.onError === 'ignore';
  const tee$ = typeof target === 'string' ? teeToFile(target, options, isTolerant) : teeToWritable(target, isTolerant);
  return (source$) => forwardBackpressure(source$, tee$(source$));
}

/** By shape: a Writable may come from another copy of the module. */
function checkTarget(target: unknown): void {
  const { write, once } = (target ?? {}) as Partial<Writable>;
  const isWritable = typeof target === 'object' && typeof write === 'function' && typeof once === 'function';
  if (isWritable || (typeof target === 'string' && target !== '')) return;
  const given = target === '' ? 'empty text' : typeof target;
  throw new RequestError('teeLines.target', `must be the path of a file or a Writable, not ${given}`);
}
