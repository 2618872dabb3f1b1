import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ThreadEvent } from '@codex-rx/core/events';
import type { RolloutRecord } from '@codex-rx/core/rollouts';
import { fromEvent, type Observable, takeUntil } from 'rxjs';
import type { Context } from '../../command/context.js';
import { UsageError } from '../../command/usage-error.js';
import type { RunFacts } from '../../report/run-report.js';
import { findSource } from '../../sessions/find-source.js';
import { fileEvents$ } from '../../sessions/read-source.js';

/** A run whose events have not been read yet. `facts` is complete when they have. */
export interface OpenedRun {
  readonly events$: Observable<ThreadEvent>;
  readonly facts: RunFacts;
}

type MutableFacts = { -readonly [K in keyof RunFacts]: RunFacts[K] };

/**
 * Opens the log, the session file or the stored session that `name` names; `-` is the standard input.
 *
 * @throws UsageError without such a file or session
 */
export async function openRun(name: string, home: string | undefined, context: Context): Promise<OpenedRun> {
  const { stdin, cwd, signal } = context;
  const source = name === '-' ? stdin : await findSource(name, { cwd, home });
  if (typeof source === 'string') await checkFile(source);
  const facts: MutableFacts = { title: typeof source === 'string' ? basename(source) : 'Standard input' };
  const events$ = fileEvents$(source, (record) => {
    addFacts(facts, record);
  }).pipe(takeUntil(fromEvent(signal, 'abort')));
  return { events$, facts };
}

async function checkFile(path: string): Promise<void> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) throw new UsageError(`There is no file ${path}.`);
  if (!stats.isFile()) throw new UsageError(`${path} is not a file. Name a log, a session file or a session.`);
}

/** The heading of a session is its id, that of a log its name. */
function addFacts(facts: MutableFacts, record: RolloutRecord): void {
  facts.title = undefined;
  if (record.type === 'session_meta' && facts.cliVersion === undefined) {
    facts.cliVersion = record.payload.cli_version;
    facts.folder = record.payload.cwd;
    facts.parent = record.payload.parent_thread_id ?? undefined;
  }
  if (record.type === 'turn_context') facts.model = record.payload.model ?? facts.model;
}
