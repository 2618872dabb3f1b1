import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { latestSession$, sessions$ } from '@codex-rx/core';
import { filter, firstValueFrom, take, toArray } from 'rxjs';
import { UsageError } from '../command/usage-error.js';

/** A shorter start of an id is more likely to be a name. */
const MIN_ID_CHARACTERS = 6;

/** Where a log or a session is looked for. */
export interface SourcePlace {
  /** The folder that a relative path is relative to. */
  readonly cwd: string;
  /** The Codex home of the sessions. Default: that of the environment. */
  readonly home?: string | undefined;
}

/**
 * Finds the file of a log or of a session.
 *
 * @param text the path of a file, which need not exist if it has a separator or the ending `.jsonl`; or the id, the
 * start of the id, or the name of a session
 * @param place where to look for it
 * @returns the path
 * @throws UsageError unless exactly one session matches
 */
export async function findSource(text: string, { cwd, home }: SourcePlace): Promise<string> {
  const path = resolve(cwd, text);
  if (/[/\\]|\.jsonl(?:\.zst)?$/.test(text) || isFile(path)) return path;
  const isId = text.length >= MIN_ID_CHARACTERS && /^[\da-f-]+$/i.test(text);
  const matching$ = sessions$({ codexHome: home, onSkipped: () => undefined }).pipe(
    filter(({ id, name }) => name === text || (isId && id.startsWith(text.toLowerCase()))),
    take(2),
    toArray(),
  );
  const [found, other] = await firstValueFrom(matching$);
  if (found === undefined)
    throw new UsageError(
      `There is neither a file nor a session "${text}"${home === undefined ? '' : ` in ${home}`}. \`codex-rx sessions\` lists the sessions.`,
    );
  if (other !== undefined && found.id !== text)
    throw new UsageError(`"${text}" is the start or the name of more than one session. Write the whole id.`);
  return found.path;
}

/**
 * Finds the session file that was started last by a user.
 *
 * @param folder only sessions that started in this folder; default: any folder
 * @throws UsageError in a home without sessions
 */
export async function findLatest(folder?: string): Promise<string> {
  const session = await firstValueFrom(latestSession$({ folder, onSkipped: () => undefined }), {
    defaultValue: undefined,
  });
  if (session === undefined) throw new UsageError('There is no session yet.');
  return session.path;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
