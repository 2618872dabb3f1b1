import type { FileHandle } from 'node:fs/promises';
import type { ThreadEvent } from '@codex-rx/core';
import { Subject } from 'rxjs';
import { renderReport } from '../../report/render-report.js';
import type { CheckedInput } from './events-of.js';

/** A report that is collected while its run happens. Keeps the state of the run, not its events. */
export interface RunReportWriter {
  next(event: ThreadEvent): void;
  /** Writes the report of a run that ended with this error, if any. */
  end(error: unknown): Promise<void>;
}

/** Creates a report for the eyes of its user only. */
export function createReportWriter(file: FileHandle, { model, folder }: CheckedInput): RunReportWriter {
  const events$ = new Subject<ThreadEvent>();
  const report = renderReport(events$, { model, folder });
  return {
    next: (event) => {
      events$.next(event);
    },
    end: async (error) => {
      if (error === undefined) events$.complete();
      else events$.error(error instanceof Error ? error : new Error('The run failed.', { cause: error }));
      await file.writeFile(await report);
    },
  };
}
