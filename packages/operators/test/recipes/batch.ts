import { readdir } from 'node:fs/promises';
import type { ThreadEvent } from '@codex-rx/core/events';
import { snapshots } from '@codex-rx/operators';
import { catchError, defer, last, map, mergeMap, type Observable, of, toArray } from 'rxjs';

export interface Result {
  readonly file: string;
  readonly status: 'completed' | 'failed';
  /** The answer, or the reason of the failure. */
  readonly text: string;
  readonly tokens: number | undefined;
}

/**
 * Runs once for each file of a folder, without its subfolders, at most `concurrency` at a time. Emits a failed run as a
 * result.
 */
export function batch$(
  folder: string,
  concurrency: number,
  run$: (file: string) => Observable<ThreadEvent>,
): Observable<Result> {
  return defer(() => readdir(folder, { withFileTypes: true })).pipe(
    mergeMap((entries) =>
      entries
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort(),
    ),
    mergeMap((file) => result$(file, run$(file)), concurrency),
  );
}

function result$(file: string, run$: Observable<ThreadEvent>): Observable<Result> {
  return run$.pipe(
    snapshots(),
    last(),
    map(({ status, messages, usage }): Result => {
      const text = messages.at(-1)?.text ?? '';
      const tokens = usage.total?.output_tokens;
      return { file, status: status === 'completed' ? 'completed' : 'failed', text, tokens };
    }),
    catchError((error: unknown) => of<Result>({ file, status: 'failed', text: String(error), tokens: undefined })),
  );
}

/** A Markdown table of the results, by file. */
export function report$(results$: Observable<Result>): Observable<string> {
  return results$.pipe(
    toArray(),
    map((results) => results.sort((a, b) => (a.file < b.file ? -1 : 1))),
    map((results) => [
      '| file | | tokens | |',
      '| --- | --- | --- | --- |',
      ...results.map(({ file, status, tokens, text }) => {
        const cell = text.replaceAll('\n', ' ').replaceAll('|', '\\|').slice(0, 80);
        return `| ${file} | ${status === 'completed' ? '✓' : '✗'} | ${String(tokens ?? '–')} | ${cell} |`;
      }),
    ]),
    map((lines) => `${lines.join('\n')}\n`),
  );
}
