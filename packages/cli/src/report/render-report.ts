import type { ThreadEvent, ThreadSnapshot } from '@codex-rx/core/events';
import { isObservable, type Observable } from 'rxjs';
import { toJson } from '../text/to-json.js';
import { boundRuns } from './bound-runs.js';
import { buildReport } from './build-report.js';
import { collectRun } from './collect-run.js';
import { renderPage } from './html/render-page.js';
import { renderMarkdownReport } from './render-markdown.js';
import type { RunFacts, RunReport } from './run-report.js';

/** The format of a report. */
export type ReportFormat = 'html' | 'md' | 'json';

/** Options of `renderReport`. */
export interface ReportOptions {
  /** The format. Default `'html'`: one page without other files. */
  readonly format?: ReportFormat | undefined;
  /** The heading. Default: the thread id. */
  readonly title?: string | undefined;
  /** The model that the report names. */
  readonly model?: string | undefined;
  /** The folder that the report names. */
  readonly folder?: string | undefined;
}

/**
 * Renders the report of a run: a summary, a timeline, all messages, commands, patches and tools, the tokens of each
 * turn, failures and retries, and the events themselves.
 *
 * <span class="informal">From a run to one page that you can attach to a build or send to a colleague.</span>
 *
 * The events may come from a run, a log or a session file. A run that fails has a report, too: the error of the stream
 * becomes part of the report. Durations need events with times: pass `receivedAt: true` to the run or to
 * `rolloutToEvents()`. A report of a snapshot has no times and no events.
 *
 * Everything in the run is taken for hostile. The page executes and requests nothing. It cuts long texts, each at 64 Ki
 * and together at 16 Mi characters, with a note. The report contains what the run contained, so treat it like the log.
 *
 * @example
 * ```ts
 * import { readEvents$ } from '@codex-rx/core';
 * import { renderReport } from 'codex-rx';
 * import { writeFile } from 'node:fs/promises';
 *
 * await writeFile('run.html', await renderReport(readEvents$('run.jsonl'), { title: 'Nightly build' }));
 * ```
 *
 * @param run The events of a run, or its state as `snapshots()` emits it.
 * @param options The format and facts that the events do not contain.
 * @returns The report. Resolves when the events end.
 */
export async function renderReport(
  // eslint-disable-next-line rxjs-x/finnish -- it may be a snapshot
  run: Observable<ThreadEvent> | ThreadSnapshot,
  options: ReportOptions = {},
): Promise<string> {
  const { format = 'html', ...facts } = options;
  const report: RunReport = isObservable(run)
    ? await collectRun(run, facts)
    : buildReport(run, facts satisfies RunFacts);
  return renderReports([report], format);
}

/** Renders runs as one report. */
export function renderReports(runs: readonly RunReport[], format: ReportFormat): string {
  switch (format) {
    case 'html':
      return renderPage(boundRuns(runs));
    case 'md':
      return renderMarkdownReport(boundRuns(runs));
    case 'json':
      return `${toJson({ runs }, 2)}\n`;
  }
}
