import type { ThreadEvent } from '@codex-rx/core';
import { snapshots } from '@codex-rx/operators';
import { lastValueFrom, type Observable, tap } from 'rxjs';
import { clean } from '../text/terminal-text.js';
import { toJson } from '../text/to-json.js';
import { explain } from './explain.js';
import { outcome, verdict } from './outcome.js';
import type { ShownRun } from './show-run.js';

/** Where events are written. */
export interface WriteEventsOptions {
  /** Gets the events as JSON lines. */
  readonly output: NodeJS.WriteStream;
  /** Gets the reason of a failure. */
  readonly errors: NodeJS.WriteStream;
  /** Aborted when the user ends the run. */
  readonly signal: AbortSignal;
  /** The lines for the error of a failed run. Default: `explain`. */
  readonly explain?: ((error: unknown) => readonly string[]) | undefined;
}

/**
 * Writes the events of a run as JSON lines until it ends, and the reason of a failure to another stream.
 *
 * @param events$ the run
 * @param options the streams and the signal
 * @returns resolves when the run has ended; does not reject because the run failed
 */
export async function writeEvents(events$: Observable<ThreadEvent>, options: WriteEventsOptions): Promise<ShownRun> {
  const { output, errors, signal } = options;
  const ended = await lastValueFrom(
    events$.pipe(
      tap((event) => output.write(`${toJson(event)}\n`)),
      snapshots(),
      outcome(),
    ),
  );
  if (ended.error !== undefined && !signal.aborted) {
    const lines = (options.explain ?? explain)(ended.error);
    errors.write(`${clean(lines.join('\n'))}\n`);
  }
  return { ...ended, verdict: verdict(ended, signal.aborted) };
}
