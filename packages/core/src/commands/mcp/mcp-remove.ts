import type { Observable } from 'rxjs';
import { flagArgs } from '../../request/flag-args.js';
import { runCommand$ } from '../run-command.js';
import { checkServerName } from './check-server-name.js';
import type { McpServerRequest } from './mcp-get.js';

export interface McpRemoval {
  readonly name: string;
  /** `false`: there was nothing to remove. */
  readonly removed: boolean;
}

/**
 * Removes a server from the configuration; emits whether there was one, once. Both are successes.
 *
 * @example
 * ```ts
 * import { mcpRemove$ } from '@codex-rx/core/commands';
 *
 * mcpRemove$({ name: 'docs' }).subscribe(({ removed }) => console.log(removed));
 * ```
 */
export function mcpRemove$(request: McpServerRequest): Observable<McpRemoval> {
  const { name, profile } = request;
  return runCommand$(
    request,
    () => {
      checkServerName(name);
      return { globals: flagArgs('--profile', profile), args: ['mcp', 'remove', '--', name] };
    },
    ({ stdout, stderr }) => ({ name, removed: !/no mcp server named/i.test(`${stdout}\n${stderr}`) }),
  );
}
