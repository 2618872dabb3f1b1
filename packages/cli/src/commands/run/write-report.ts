import type { FileHandle } from 'node:fs/promises';
import type { ThreadEvent } from '@codex-rx/core';
import { concat, EMPTY, from, throwError } from 'rxjs';
import { renderReport } from '../../report/render-report.js';
import type { CheckedInput } from './events-of.js';

/** Writes the report of a run that has ended, for the eyes of its user only. */
export async function writeReport(
  file: FileHandle,
  { model, folder }: CheckedInput,
  events: readonly ThreadEvent[],
  error: unknown,
): Promise<void> {
  const end$ = error === undefined ? EMPTY : throwError(() => error as Error);
  await file.writeFile(await renderReport(concat(from(events), end$), { model, folder }));
}
