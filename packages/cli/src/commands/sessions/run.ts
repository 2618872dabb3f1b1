import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Session, sessions$ } from '@codex-rx/core';
import { filter, fromEvent, identity, take, takeUntil } from 'rxjs';
import type { Context } from '../../command/context.js';
import { EXIT } from '../../command/exit-codes.js';
import { sessionLine } from '../../sessions/session-line.js';
import { clean } from '../../text/terminal-text.js';
import { toJson } from '../../text/to-json.js';

/** The argument and the options of `codex-rx sessions`. */
export interface SessionsInput {
  readonly text?: string | undefined;
  readonly cwd?: string | undefined;
  readonly limit: number;
  readonly all?: true | undefined;
  readonly json?: true | undefined;
}

/** Lists sessions. */
export async function listSessions(input: SessionsInput, context: Context): Promise<number> {
  const { stdout, stderr, signal, cwd } = context;
  const folder = input.cwd === undefined ? undefined : realPath(resolve(cwd, input.cwd));
  const onSkipped = ({ message }: { readonly message: string }) => stderr.write(`${clean(message)}\n`);
  // A pipe has no width, and its reader wants whole texts.
  const columns = stdout.isTTY ? stdout.columns || 80 : Number.MAX_SAFE_INTEGER;
  const listed$ = sessions$({ onSkipped }).pipe(
    filter((session) => input.all === true || isOwn(session)),
    filter((session) => matches(session, input.text, folder)),
    input.limit === 0 ? identity : take(input.limit),
    takeUntil(fromEvent(signal, 'abort')),
  );
  let count = 0;
  await listed$.forEach((session) => {
    count += 1;
    stdout.write(`${input.json === true ? toJson(session) : sessionLine(session, columns)}\n`);
  });
  if (count > 0) return EXIT.ok;
  if (!signal.aborted) stderr.write('No session matches.\n');
  return EXIT.failed;
}

function isOwn({ archived, parent, kind }: Session): boolean {
  return !archived && parent === undefined && kind !== 'review' && kind !== 'subagent' && kind !== 'internal';
}

function matches(session: Session, text: string | undefined, folder: string | undefined): boolean {
  if (folder !== undefined && (session.folder === undefined || realPath(session.folder) !== folder)) return false;
  if (text === undefined) return true;
  const { id, name = '', folder: place = '', firstPrompt = '' } = session;
  return [id, name, place, firstPrompt].some((part) => part.toLowerCase().includes(text.toLowerCase()));
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
