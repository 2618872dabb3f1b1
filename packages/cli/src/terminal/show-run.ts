import type { ThreadEvent } from '@codex-rx/core';
import type { ThreadSnapshot } from '@codex-rx/operators';
import { finalize, lastValueFrom, map, type Observable, tap } from 'rxjs';
import { explain } from './explain.js';
import { type Outcome, outcome, type Verdict, verdict } from './outcome.js';
import { openScreen, type Screen } from './screen.js';
import { type Head, headLines } from './view/head.js';
import { summaryLines } from './view/summary.js';
import { watch$ } from './watch.js';

/** A run to show, wherever its events come from. */
export interface RunView {
  /** The lines above the timeline. */
  readonly head: Head;
  /** Errors and completes as the run does. */
  readonly events$: Observable<ThreadEvent>;
  /** Paths are shown relative to this folder. */
  readonly folder?: string | undefined;
  /** Resolves to the unified diff below the summary. Default: no diff. */
  readonly diffOf?: ((files: ThreadSnapshot['files']) => Promise<string>) | undefined;
  /** The status between two turns and before the first event. Default: that of a run that was started here. */
  readonly waiting?: string | undefined;
  /** The lines for the error of a failed run. Default: `explain`. */
  readonly explain?: ((error: unknown) => readonly string[]) | undefined;
}

/** Where a run is shown. */
export interface ShowRunOptions {
  /** Default: a screen on standard output. It is closed at the end of the run. */
  readonly screen?: Screen | undefined;
  /** Aborted when the user ends the run. Pass it to the request of the run, too. */
  readonly signal: AbortSignal;
}

/** How a run that was shown ended. */
export interface ShownRun extends Outcome {
  /** The result in one word. */
  readonly verdict: Verdict;
}

/**
 * Shows a run until it ends: a timeline, the to-do list and the items in progress below it, then a summary. In a pipe,
 * with `NO_COLOR` and on terminals without colors, the output is plain lines.
 *
 * @example
 * ```ts no-run
 * import { exec$ } from '@codex-rx/core';
 * import { listenForStop, showRun } from 'codex-rx/terminal';
 *
 * using stop = listenForStop(process.stdout);
 * const prompt = 'Explain this project.';
 * const events$ = exec$({ prompt, workingDirectory: '.', sandbox: 'read-only', signal: stop.signal });
 * const { verdict } = await showRun({ head: { title: 'My run', facts: [], prompt }, events$ }, { signal: stop.signal });
 * console.log(verdict);
 * ```
 *
 * @param run its events and what stands above them
 * @param options the screen and the signal
 * @returns resolves when the run has ended; does not reject because the run failed
 */
export async function showRun(
  run: RunView,
  { screen = openScreen(process.stdout), signal }: ShowRunOptions,
): Promise<ShownRun> {
  const { head, events$, folder, diffOf } = run;
  const start = performance.now();
  screen.print(headLines(head, screen.style));
  let recorded: number | undefined;
  const ended = await lastValueFrom(
    watch$(events$, screen, { folder, waiting: run.waiting, signal }).pipe(
      tap(({ event, at }) => {
        if (event.receivedAt !== undefined) recorded = at;
      }),
      map(({ snapshot }) => snapshot),
      outcome(),
      finalize(() => {
        screen.close();
      }),
    ),
  );
  const { snapshot, error } = ended;
  const shown = { ...ended, verdict: verdict(ended, signal.aborted) };
  const reasons = error === undefined || signal.aborted ? [] : (run.explain ?? explain)(error);
  const diff = snapshot === undefined ? '' : ((await diffOf?.(snapshot.files)) ?? '');
  const time = recorded ?? performance.now() - start;
  screen.print(summaryLines({ verdict: shown.verdict, reasons, snapshot, time, diff, folder }, screen.style));
  return shown;
}
