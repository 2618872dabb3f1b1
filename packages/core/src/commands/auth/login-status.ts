import type { Observable } from 'rxjs';
import type { CommandOptions } from '../command-options.js';
import { runCommand$ } from '../run-command.js';
import { parseLoginStatus } from './parse-login-status.js';
import type { LoginStatus } from './types.js';

/**
 * Emits the login status of the CLI, once. Being logged out is a result, not an error.
 *
 * No network is used: a stored key may have been revoked. Errors with `ExitError` (`EXIT`) if the login cannot be
 * read, for example because `auth.json` is damaged.
 *
 * @example
 * ```ts
 * import { loginStatus$ } from '@codex-rx/core/commands';
 *
 * loginStatus$().subscribe((status) =>
 *   console.log(status.state === 'loggedIn' ? `logged in with ${status.method}` : 'logged out'),
 * );
 * ```
 */
export function loginStatus$(options: CommandOptions = {}): Observable<LoginStatus> {
  return runCommand$<LoginStatus>(
    options,
    () => ({ args: ['login', 'status'], accept: 'any' }),
    (output, fail) => {
      const status = parseLoginStatus(output);
      if (status === undefined) throw fail();
      return status;
    },
  );
}
