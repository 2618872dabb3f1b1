import type { Writable } from 'node:stream';
import { RequestError } from '@codex-rx/core/errors';
import type { RawLine } from '@codex-rx/core/events';
import { forwardBackpressure } from '@codex-rx/core/interop';
import type { MonoTypeOperatorFunction } from 'rxjs';
import { type TeeFileOptions, teeToFile } from './tee-to-file.js';
import { teeToWritable } from './tee-to-writable.js';

/** Options of `teeLines()`. */
export interface TeeLinesOptions extends TeeFileOptions {
  /** Whether a failed write errors with an `OutputError` (default), or only ends the copy. */
  readonly onError?: 'error' | 'ignore' | undefined;
}

/**
 * Writes each line to a file or a Writable before emitting it.
 *
 * <span class="informal">Keep the raw log of a run, and watch it live.</span>
 *
 * With a path: opens the file on subscribe and closes it on completion, error and unsubscribe. A line is in the file
 * (written synchronously, with `flush` on the disk) before it is emitted. Paths are relative to the working directory
 * of the host on subscribe. Several runs of one host may log to one path, also with `rotate`.
 * Log outside of every folder that the agent may write to.
 *
 * With a Writable: while it is full, lines wait until it drains, and a source that can be paused is paused.
 * Completion and errors follow the waiting lines. The Writable stays open: the caller must not end it before the
 * lines have ended. A Writable that is already ended or destroyed fails on subscribe, before the source is subscribed
 * to.
 *
 * Blank lines are written, so that line numbers match; an oversized line is written as its excerpt. Errors with an
 * {@link OutputError} (code `OUTPUT_FAILED`, kind `tee`) if the target fails, unless `onError` is `ignore`.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { teeLines } from '@codex-rx/operators/node';
 *
 * const lines = teeLines('logs/run.jsonl');
 * exec$({ prompt: 'Fix the build', workingDirectory: '.', timeout: 30 * 60_000, lines }).subscribe();
 * ```
 *
 * @param target A path, or a Writable such as `process.stdout`.
 * @param options How to write the file, and whether a failure errors.
 * @returns An operator that mirrors the source.
 * @throws {RequestError} (code `REQUEST_INVALID`) If the target or an option is invalid.
 */
export function teeLines(target: string | Writable, options: TeeLinesOptions = {}): MonoTypeOperatorFunction<RawLine> {
  checkTarget(target);
  if (options.onError !== undefined && !['error', 'ignore'].includes(options.onError)) {
    throw new RequestError('teeLines.onError', `must be 'error' or 'ignore', got ${JSON.stringify(options.onError)}.`);
  }
  const isTolerant = options.onError === 'ignore';
  const tee$ = typeof target === 'string' ? teeToFile(target, options, isTolerant) : teeToWritable(target, isTolerant);
  return (source$) => forwardBackpressure(source$, tee$(source$));
}

/** Checks the shape, as a Writable may come from another copy of the module. */
function checkTarget(target: unknown): void {
  const { write, once } = (target ?? {}) as Partial<Writable>;
  const isWritable = typeof target === 'object' && typeof write === 'function' && typeof once === 'function';
  if (isWritable || (typeof target === 'string' && target !== '')) return;
  const given = target === '' ? 'an empty string' : typeof target;
  throw new RequestError('teeLines.target', `must be the path of a file or a Writable, got ${given}.`);
}
