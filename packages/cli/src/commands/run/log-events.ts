import { closeSync, writeSync } from 'node:fs';
import type { ThreadEvent } from '@codex-rx/core';
import { openLog } from '@codex-rx/core/files';
import { defer, finalize, type MonoTypeOperatorFunction, tap } from 'rxjs';

/** Writes each event as a JSON line to a file, before it is emitted. */
export function logEvents(path: string): MonoTypeOperatorFunction<ThreadEvent> {
  return (events$) =>
    defer(() => {
      const file = openLog(path);
      return events$.pipe(
        tap((event) => writeSync(file, `${JSON.stringify(event)}\n`)),
        finalize(() => {
          closeSync(file);
        }),
      );
    });
}
