import type { Observable } from 'rxjs';
import { RequestError } from '../../errors/index.js';
import { resolveHome } from '../../home/resolve-home.js';
import { checkOneOf, checkString } from '../../request/checks.js';
import { assertSupported } from '../../request/command-capabilities.js';
import { checkUrl } from '../check-url.js';
import type { CommandOptions } from '../command-options.js';
import type { Cli, Invocation } from '../invocation.js';
import { runCommand$ } from '../run-command.js';
import { LOGIN_TIMEOUT_MS } from './login-timeout.js';
import { parseLoginPage } from './parse-login-page.js';
import { protectLogin } from './protect-login.js';
import type { LoginEvent } from './types.js';

/** How to log in. */
export type LoginRequest = CommandOptions &
  (
    | { readonly method: 'apiKey'; readonly apiKey: string }
    | { readonly method: 'accessToken'; readonly accessToken: string }
    | {
        readonly method: 'deviceCode';
        /** The issuer of device codes, if not OpenAI. The CLI calls this experimental. */
        readonly issuer?: string | undefined;
      }
    | { readonly method: 'browser' }
  );

/**
 * Logs in. If a person has to act, emits `{ type: 'open' }` with the page to open and the code to enter, as soon as
 * the CLI prints them. Emits `{ type: 'done' }` when the login is stored, and completes.
 *
 * Keys and tokens go to the CLI's standard input, never into its arguments. `browser` starts a server on port 1455 of
 * this machine, to which the page redirects. The CLI opens the page itself if it can; otherwise use `deviceCode`.
 * Both wait for 15 minutes unless `timeout` says otherwise. Unsubscribing cancels. Afterwards the stored login is
 * readable by its owner only.
 *
 * Errors: `RequestError` (a blank key), `CapabilityError` (the CLI is too old), `ExitError` (`EXIT`) if the CLI
 * refuses, `RunTimeoutError`.
 *
 * @example
 * ```ts
 * import { login$ } from '@codex-rx/core/commands';
 *
 * login$({ method: 'deviceCode' }).subscribe({
 *   next: (event) => {
 *     if (event.type === 'open') console.log(`Open ${event.url} and enter ${event.code ?? ''}`);
 *     else console.log('logged in');
 *   },
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function login$(request: LoginRequest): Observable<LoginEvent> {
  const isWaiting = request.method === 'deviceCode' || request.method === 'browser';
  return runCommand$<LoginEvent>(
    request,
    (cli) => loginInvocation(request, cli),
    () => {
      protectLogin(resolveHome(request).authPath);
      return { type: 'done', method: isWaiting ? 'chatgpt' : request.method };
    },
    isWaiting
      ? (output) => {
          const page = parseLoginPage(output, request.method === 'deviceCode');
          return page && { type: 'open', ...page };
        }
      : undefined,
  );
}

async function loginInvocation(request: LoginRequest, cli: Cli): Promise<Invocation> {
  checkOneOf('method', request.method, ['apiKey', 'accessToken', 'deviceCode', 'browser']);
  switch (request.method) {
    case 'apiKey':
      return withSecret('--with-api-key', parseSecret('apiKey', request.apiKey), 'login$ apiKey', cli);
    case 'accessToken':
      return withSecret(
        '--with-access-token',
        parseSecret('accessToken', request.accessToken),
        'login$ accessToken',
        cli,
      );
    case 'deviceCode':
      if (request.issuer !== undefined) checkUrl('issuer', request.issuer);
      assertSupported(await cli.facts(), 'login$ deviceCode');
      return {
        args: [
          'login',
          '--device-auth',
          ...(request.issuer === undefined ? [] : ['--experimental_issuer', request.issuer]),
        ],
        timeout: LOGIN_TIMEOUT_MS,
      };
    case 'browser':
      return { args: ['login'], timeout: LOGIN_TIMEOUT_MS };
  }
}

async function withSecret(
  flag: string,
  secret: string,
  command: 'login$ apiKey' | 'login$ accessToken',
  cli: Cli,
): Promise<Invocation> {
  assertSupported(await cli.facts(), command);
  return { args: ['login', flag], stdin: `${secret}\n`, secrets: [secret] };
}

export function parseSecret(field: string, value: unknown): string {
  checkString(field, value);
  const secret = value.trim();
  if (secret === '') throw new RequestError(field, 'is blank.');
  if (/\s|\p{Cc}/u.test(secret)) throw new RequestError(field, 'holds a blank or a control character.');
  return secret;
}
