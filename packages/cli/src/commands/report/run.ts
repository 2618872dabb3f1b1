import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context } from '../../command/context.js';
import { EXIT } from '../../command/exit-codes.js';
import { UsageError } from '../../command/usage-error.js';
import { collectRun } from '../../report/collect-run.js';
import { type ReportFormat, renderReports } from '../../report/render-report.js';
import type { RunReport } from '../../report/run-report.js';
import { openRun } from './open-run.js';

/** The arguments of `codex-rx report`. */
export interface ReportInput {
  readonly runs: readonly string[];
  readonly format: ReportFormat;
  readonly output?: string | undefined;
  readonly title?: string | undefined;
  readonly home?: string | undefined;
}

/** Prints the report of runs. */
export async function report(input: ReportInput, context: Context): Promise<number> {
  const { stdout, cwd, signal } = context;
  if (input.title !== undefined && input.runs.length > 1) throw new UsageError('--title needs a single run.');
  if (input.output === undefined && input.format === 'html' && stdout.isTTY) {
    throw new UsageError('The page is not for a terminal. Pass --output run.html, or redirect the output.');
  }
  const home = input.home === undefined ? undefined : resolve(cwd, input.home);
  const reports: RunReport[] = [];
  for (const name of input.runs) {
    const { events$, facts } = await openRun(name, home, context);
    const collected = await collectRun(events$);
    signal.throwIfAborted();
    if (collected.failure !== undefined && collected.eventCount === 0) throw new Error(collected.failure);
    reports.push({ ...collected, ...facts, ...(input.title !== undefined && { title: input.title }) });
  }
  const text = renderReports(reports, input.format);
  if (input.output !== undefined) await writeFile(resolve(cwd, input.output), text, { mode: 0o600, signal });
  else if (!stdout.write(text)) await once(stdout, 'drain', { signal });
  return EXIT.ok;
}
