import type { Observable } from 'rxjs';
import type { CommandOptions } from '../command-options.js';
import { runCommand$ } from '../run-command.js';
import type { LogoutResult } from './types.js';

/**
 * Removes the stored login; emits whether a login was stored, once. Both are successes.
 *
 * @example
 * ```ts
 * import { logout$ } from '@codex-rx/core/commands';
 *
 * logout$().subscribe(({ state }) => console.log(state)); // loggedOut, or alreadyLoggedOut
 * ```
 */
export function logout$(options: CommandOptions = {}): Observable<LogoutResult> {
  return runCommand$(
    options,
    () => ({ args: ['logout'] }),
    ({ stdout, stderr }): LogoutResult => ({
      state: /not logged in/i.test(`${stderr}\n${stdout}`) ? 'alreadyLoggedOut' : 'loggedOut',
    }),
  );
}
