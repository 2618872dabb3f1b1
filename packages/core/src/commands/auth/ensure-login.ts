import { concatMap, defer, last, type Observable, of } from 'rxjs';
import { RequestError } from '../../errors/index.js';
import type { CommandOptions } from '../command-options.js';
import { login$, parseSecret } from './login.js';
import { loginStatus$ } from './login-status.js';
import type { LoginEvent, LoginStatus } from './types.js';

/** `{ type: 'open' }` if a person has to act, then the login status. */
export type EnsureLoginEvent =
  | Extract<LoginEvent, { type: 'open' }>
  | {
      readonly type: 'done';
      readonly status: LoginStatus;
      /** A login was stored before, and nothing was done. */
      readonly already: boolean;
    };

/**
 * Logs in with an API key unless any kind of login is stored; then emits the login status, once.
 *
 * Errors as `loginStatus$` and `login$`; a blank key is a `RequestError` also where it is not needed.
 *
 * @example
 * ```ts
 * import { ensureApiKeyLogin$ } from '@codex-rx/core/commands';
 *
 * ensureApiKeyLogin$({ apiKey: process.env.OPENAI_API_KEY ?? 'sk-example' }).subscribe((status) => console.log(status.state));
 * ```
 */
export function ensureApiKeyLogin$(request: CommandOptions & { readonly apiKey: string }): Observable<LoginStatus> {
  const { apiKey, ...options } = request;
  return defer(() => {
    parseSecret('apiKey', apiKey);
    return loginStatus$(options);
  }).pipe(
    concatMap((status) =>
      status.state === 'loggedIn'
        ? of(status)
        : login$({ ...options, method: 'apiKey', apiKey }).pipe(
            last(),
            concatMap(() => loginStatus$(options)),
          ),
    ),
  );
}

/**
 * Logs in with ChatGPT unless any kind of login is stored. Emits `{ type: 'open' }` if a person has to act, then `{
 * type: 'done' }` with the login status, and completes. Unsubscribing cancels.
 *
 * Errors as `loginStatus$` and `login$`.
 *
 * @example
 * ```ts
 * import { ensureChatGptLogin$ } from '@codex-rx/core/commands';
 *
 * ensureChatGptLogin$({ method: 'deviceCode' }).subscribe((event) => {
 *   if (event.type === 'open') console.log(`Open ${event.url} and enter ${event.code ?? ''}`);
 *   else console.log(event.already ? 'was logged in' : 'is logged in now');
 * });
 * ```
 */
export function ensureChatGptLogin$(
  request: CommandOptions & {
    /** Default `browser`. */
    readonly method?: 'browser' | 'deviceCode' | undefined;
    /** As for `login$`; goes with `deviceCode` only. */
    readonly issuer?: string | undefined;
  } = {},
): Observable<EnsureLoginEvent> {
  const { method = 'browser', issuer, ...options } = request;
  const done$ = (already: boolean): Observable<EnsureLoginEvent> =>
    loginStatus$(options).pipe(concatMap((status) => of({ type: 'done' as const, status, already })));
  return defer(() => {
    if (issuer !== undefined && method === 'browser')
      throw new RequestError('issuer', "goes with method: 'deviceCode' only.");
    return loginStatus$(options);
  }).pipe(
    concatMap((status): Observable<EnsureLoginEvent> => {
      if (status.state === 'loggedIn') return of({ type: 'done', status, already: true });
      const events$ = method === 'browser' ? login$({ ...options, method }) : login$({ ...options, method, issuer });
      return events$.pipe(concatMap((event) => (event.type === 'open' ? of(event) : done$(false))));
    }),
  );
}
