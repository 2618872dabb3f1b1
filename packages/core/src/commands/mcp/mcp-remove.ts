import { defer, map, type Observable } from 'rxjs';
import { abortable } from '../../errors/abortable.js';
import { resolveHome } from '../../home/resolve-home.js';
import { validateOptions } from '../../request/validate.js';
import { checkServerName } from './check-server-name.js';
import { editConfig$ } from './config-file.js';
import { withoutServer } from './edit-config.js';
import type { McpServerRequest } from './mcp-get.js';

/** The result of `mcpRemove$`. */
export interface McpRemoval {
  /** The name of the server. */
  readonly name: string;
  /** `false`: it did not exist. */
  readonly removed: boolean;
}

/**
 * Removes a server from the configuration of the home; emits whether it existed, once. Both are successes.
 *
 * `codex mcp remove` is not used: it rewrites the servers that stay, without their comments and unknown keys. Instead
 * the tables of the server are taken out of `config.toml`, and every other byte stays. No process is started.
 *
 * Errors: `RequestError`, `HomeError` (`HOME_FAILED`) for a `config.toml` that cannot be read, changed or written, or
 * in which servers are not written as tables.
 *
 * @example
 * ```ts
 * import { mcpRemove$ } from '@codex-rx/core/commands';
 *
 * mcpRemove$({ name: 'docs' }).subscribe({
 *   next: ({ removed }) => console.log(removed),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function mcpRemove$(request: McpServerRequest): Observable<McpRemoval> {
  return defer(() => {
    const { name, signal } = request;
    validateOptions(request);
    checkServerName(name);
    const edited$ = editConfig$(resolveHome(request).configPath, (text) => withoutServer(text, name));
    return abortable(edited$, signal).pipe(map(({ edit }) => ({ name, removed: edit.replaced })));
  });
}
