import { resolve } from 'node:path';
import type { ThreadEvent } from '@codex-rx/core';
import { takeUntilTurnEnd } from '@codex-rx/operators';
import { fromEvent, type Observable, takeUntil } from 'rxjs';
import type { Context } from '../../command/context.js';
import { EXIT } from '../../command/exit-codes.js';
import { UsageError } from '../../command/usage-error.js';
import { findLatest, findSource } from '../../sessions/find-source.js';
import { pickSession } from '../../sessions/pick-session.js';
import { fileEvents$, followEvents$ } from '../../sessions/read-source.js';
import { openScreen, showRun, writeEvents } from '../../terminal/index.js';

/** The argument and the options of `codex-rx watch`. */
export interface WatchInput {
  readonly source?: string | undefined;
  readonly latest?: true | undefined;
  readonly cwd?: string | undefined;
  readonly untilEnd?: true | undefined;
  readonly follow: boolean;
  readonly json?: true | undefined;
}

/** Shows a log or a session, and continues while it grows. */
export async function watch(input: WatchInput, context: Context): Promise<number> {
  const { stdout, stderr, signal } = context;
  const path = await pathOf(input, context);
  const events$ = eventsOf(path, input, signal);
  const { error } =
    input.json === true
      ? await writeEvents(events$, { output: stdout, errors: stderr, signal })
      : await showRun(
          { head: { title: 'codex-rx watch', facts: [path] }, events$, waiting: 'waiting for more' },
          { screen: openScreen(stdout), signal },
        );
  return error === undefined ? EXIT.ok : EXIT.failed;
}

async function pathOf({ source, latest, cwd }: WatchInput, context: Context): Promise<string> {
  if (source !== undefined && latest === true) throw new UsageError('Name a source or pass --latest, not both.');
  if (cwd !== undefined && latest !== true) throw new UsageError('--cwd needs --latest.');
  if (latest === true) return await findLatest(cwd === undefined ? undefined : resolve(context.cwd, cwd));
  return source === undefined ? await pickSession(context) : await findSource(source, { cwd: context.cwd });
}

function eventsOf(path: string, { follow, untilEnd }: WatchInput, signal: AbortSignal): Observable<ThreadEvent> {
  const all$ = (follow ? followEvents$(path, { signal }) : fileEvents$(path)).pipe(
    takeUntil(fromEvent(signal, 'abort')),
  );
  return untilEnd === true ? all$.pipe(takeUntilTurnEnd()) : all$;
}
