import type { Observable } from 'rxjs';
import { RequestError } from '../../errors/index.js';
import { resolveHome } from '../../home/resolve-home.js';
import { checkArgument, checkList } from '../../request/checks.js';
import { assertSupported } from '../../request/command-capabilities.js';
import { flagArgs } from '../../request/flag-args.js';
import { LOGIN_TIMEOUT_MS } from '../auth/login-timeout.js';
import { parseLoginPage } from '../auth/parse-login-page.js';
import { protectLogin } from '../auth/protect-login.js';
import type { Cli, Invocation } from '../invocation.js';
import { runCommand$ } from '../run-command.js';
import { checkServerName } from './check-server-name.js';
import type { McpServerRequest } from './mcp-get.js';

/** The request of `mcpLogin$`. */
export interface McpLoginRequest extends McpServerRequest {
  /** OAuth scopes to ask for. Default: those of the server's configuration. */
  readonly scopes?: readonly string[] | undefined;
}

/** An event of `mcpLogin$`: the page to open, or the end of the login. */
export type McpLoginEvent =
  | {
      readonly type: 'open';
      /** To be opened in a browser on this machine. */
      readonly url: string;
    }
  | { readonly type: 'done'; readonly name: string };

/**
 * Logs in to an MCP server over OAuth. Emits `{ type: 'open' }` with the page to open as soon as the CLI prints it,
 * then `{ type: 'done' }` when the login is stored, and completes. The CLI opens the page itself if it can. Waits for
 * 15 minutes unless `timeout` says otherwise; unsubscribing cancels.
 *
 * Errors with `ExitError` (`EXIT`): the server does not exist, does not use HTTP, does not support OAuth, or rejects
 * the login.
 *
 * @example
 * ```ts
 * import { mcpLogin$ } from '@codex-rx/core/commands';
 *
 * mcpLogin$({ name: 'docs', scopes: ['read'] }).subscribe({
 *   next: (event) => console.log(event.type === 'open' ? `Open ${event.url}` : 'logged in'),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function mcpLogin$(request: McpLoginRequest): Observable<McpLoginEvent> {
  return runCommand$<McpLoginEvent>(
    request,
    (cli) => mcpLoginInvocation(request, cli),
    () => {
      protectLogin(resolveHome(request).credentialsPath);
      return { type: 'done', name: request.name };
    },
    (output) => {
      const page = parseLoginPage(output, false);
      return page && { type: 'open', url: page.url };
    },
  );
}

async function mcpLoginInvocation({ name, scopes = [], profile }: McpLoginRequest, cli: Cli): Promise<Invocation> {
  checkServerName(name);
  checkList('scopes', scopes, checkScope);
  if (scopes.length > 0) assertSupported(await cli.facts(), 'mcpLogin$ scopes');
  return {
    globals: flagArgs('--profile', profile),
    args: ['mcp', 'login', ...flagArgs('--scopes', scopes.length > 0 ? scopes.join(',') : undefined), '--', name],
    timeout: LOGIN_TIMEOUT_MS,
  };
}

function checkScope(field: string, value: unknown): void {
  checkArgument(field, value);
  if (/[,\s]/.test(value)) throw new RequestError(field, 'must not contain commas or whitespace.');
}
