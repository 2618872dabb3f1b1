import { homedir } from 'node:os';
import { join } from 'node:path';

/** Returns the Codex home of an environment. An empty `CODEX_HOME` is unset. */
export function defaultHome({ CODEX_HOME: home }: NodeJS.ProcessEnv): string {
  return home === undefined || home === '' ? join(homedir(), '.codex') : home;
}
