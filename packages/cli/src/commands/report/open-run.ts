import { open, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { readEvents$ } from '@codex-rx/core';
import type { ThreadEvent } from '@codex-rx/core/events';
import { findRolloutById$, type RolloutRecord, readRollout$, rolloutToEvents } from '@codex-rx/core/rollouts';
import { firstValueFrom, type Observable, tap } from 'rxjs';
import type { Context } from '../../command/context.js';
import { UsageError } from '../../command/usage-error.js';
import type { RunFacts } from '../../report/run-report.js';
import { isSession } from '../../sessions/read-source.js';

/** A run whose events have not been read yet. `facts` is complete when they have. */
export interface OpenedRun {
  readonly events$: Observable<ThreadEvent>;
  readonly facts: RunFacts;
}

type MutableFacts = { -readonly [K in keyof RunFacts]: RunFacts[K] };

const HEAD_BYTES = 1024 * 1024;

/**
 * Opens the log, the session file or the stored session that `name` names; `-` is the standard input.
 *
 * @throws UsageError if there is none
 */
export async function openRun(name: string, home: string, { stdin, cwd, signal }: Context): Promise<OpenedRun> {
  if (name === '-') return { events$: readEvents$(stdin, { signal }), facts: { title: 'Standard input' } };
  const path = await findFile(name, home, cwd);
  if (!(await isSessionFile(path))) return { events$: readEvents$(path, { signal }), facts: { title: basename(path) } };
  const facts: MutableFacts = {};
  const events$ = readRollout$(path, { signal }).pipe(
    tap((record) => {
      addFacts(facts, record);
    }),
    rolloutToEvents({ receivedAt: true }),
  );
  return { events$, facts };
}

async function findFile(name: string, home: string, cwd: string): Promise<string> {
  const path = resolve(cwd, name);
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isFile() === true) return path;
  if (stats !== undefined) throw new UsageError(`${path} is not a file. Name a log, a session file or a session.`);
  const found = await firstValueFrom(findRolloutById$(home, name, { onSkipped: () => undefined }), {
    defaultValue: undefined,
  });
  if (found !== undefined) return found;
  throw new UsageError(`There is no file ${path} and no session "${name}" in ${home}.`);
}

async function isSessionFile(path: string): Promise<boolean> {
  if (path.endsWith('.zst')) return true;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const [line = ''] = buffer.toString('utf8', 0, bytesRead).split('\n');
    return isSession(line);
  } finally {
    await file.close();
  }
}

function addFacts(facts: MutableFacts, record: RolloutRecord): void {
  if (record.type === 'session_meta' && facts.cliVersion === undefined) {
    facts.cliVersion = record.payload.cli_version;
    facts.folder = record.payload.cwd;
    facts.parent = record.payload.parent_thread_id ?? undefined;
  }
  if (record.type === 'turn_context') facts.model = record.payload.model ?? facts.model;
}
