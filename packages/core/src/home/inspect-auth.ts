import { type FileInspection, inspectFile, readText } from './inspect-file.js';

/** The file `auth.json` of a home. */
export interface AuthInspection extends FileInspection {
  /** Whether the file exists and can be read. */
  readonly state: 'missing' | 'ok' | 'invalid' | 'unreadable';
  /** The kind of login in the CLI's terms; `undefined` if the file does not say so. */
  readonly mode: 'apikey' | 'chatgpt' | (string & {}) | undefined;
  /** The time of the last refresh of the tokens. */
  readonly lastRefresh: Date | undefined;
}

export async function inspectAuth(path: string): Promise<AuthInspection> {
  const file = await inspectFile(path);
  const nothing = { ...file, mode: undefined, lastRefresh: undefined };
  if (!file.exists) return { ...nothing, state: 'missing' };
  const read = readText(file);
  if ('problem' in read) return { ...nothing, state: 'unreadable', problem: read.problem };
  const auth = parseObject(read.text);
  if (auth === undefined) return { ...nothing, state: 'invalid', problem: 'not a JSON object' };
  return { ...file, state: 'ok', mode: modeOf(auth), lastRefresh: dateOf(auth.last_refresh) };
}

/** Older versions wrote no `auth_mode`. */
function modeOf(auth: Readonly<Record<string, unknown>>): AuthInspection['mode'] {
  if (typeof auth.auth_mode === 'string') return auth.auth_mode;
  if (typeof auth.tokens === 'object' && auth.tokens !== null) return 'chatgpt';
  return typeof auth.OPENAI_API_KEY === 'string' ? 'apikey' : undefined;
}

function dateOf(value: unknown): Date | undefined {
  const date = typeof value === 'string' ? new Date(value) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
