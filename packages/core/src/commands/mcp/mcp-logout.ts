import type { Observable } from 'rxjs';
import { flagArgs } from '../../request/flag-args.js';
import { runCommand$ } from '../run-command.js';
import { checkServerName } from './check-server-name.js';
import type { McpServerRequest } from './mcp-get.js';
import type { McpRemoval } from './mcp-remove.js';

/**
 * Removes the stored OAuth login of an MCP server; emits whether a login was stored, once.
 *
 * Errors with `ExitError` (`EXIT`) if the server does not exist, or if the system does not have a keyring: then set
 * `config: { mcp_oauth_credentials_store: 'file' }`.
 *
 * @example
 * ```ts
 * import { mcpLogout$ } from '@codex-rx/core/commands';
 *
 * mcpLogout$({ name: 'docs', config: { mcp_oauth_credentials_store: 'file' } }).subscribe({
 *   next: ({ removed }) => console.log(removed),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function mcpLogout$(request: McpServerRequest): Observable<McpRemoval> {
  const { name, profile } = request;
  return runCommand$(
    request,
    () => {
      checkServerName(name);
      return { globals: flagArgs('--profile', profile), args: ['mcp', 'logout', '--', name] };
    },
    ({ stdout, stderr }) => ({ name, removed: !/no oauth credentials/i.test(`${stdout}\n${stderr}`) }),
  );
}
