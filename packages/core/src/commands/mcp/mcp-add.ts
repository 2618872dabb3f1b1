import { catchError, defer, map, type Observable, throwError } from 'rxjs';
import { HomeError } from '../../errors/index.js';
import { codexHome } from '../../home/layout.js';
import { validateOptions } from '../../request/validate.js';
import type { CommandOptions } from '../command-options.js';
import { resolveHome } from '../resolve-home.js';
import { checkServerName } from './check-server-name.js';
import { readConfig, writeConfig } from './config-file.js';
import { withServer } from './edit-config.js';
import { mcpGet$ } from './mcp-get.js';
import { type McpServerDefinition, serverTable } from './server-table.js';
import type { McpServer } from './types.js';

export interface McpAddRequest extends CommandOptions {
  readonly name: string;
  readonly server: McpServerDefinition;
}

export interface McpAddition {
  /** A server of that name was there before, and is replaced. */
  readonly replaced: boolean;
  /** As the CLI reads it now. Values of `env` are shown as they are. */
  readonly server: McpServer;
}

/**
 * Adds an MCP server to the configuration of the home, or replaces the one of that name; emits what the CLI makes of it, once.
 *
 * `codex mcp add` is not used for it: it takes the environment as arguments, which every process of the machine can read, and for some addresses begins
 * a login in a browser and waits for it. Instead `config.toml` is changed, as a whole at once and readable by its owner only (0600); comments and all
 * other settings stay. Then the CLI is asked for the server; if it refuses the configuration, the file is put back.
 *
 * Errors: `RequestError`, `HomeError` (`HOME_FAILED`) for a `config.toml` that cannot be read, changed or written, `ExitError` if the CLI refuses.
 *
 * @example
 * ```ts
 * import { mcpAdd$ } from '@codex-rx/core/commands';
 *
 * mcpAdd$({
 *   name: 'docs',
 *   server: { command: ['npx', '-y', 'docs-server'], env: { DOCS_TOKEN: 'secret' } },
 * }).subscribe({
 *   next: ({ replaced, server }) => console.log(server.name, replaced),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function mcpAdd$(request: McpAddRequest): Observable<McpAddition> {
  return defer(() => {
    validateOptions(request);
    checkServerName(request.name);
    const table = serverTable('server', request.server);
    const home = resolveHome(request);
    if (request.codexHome !== undefined) codexHome(request.codexHome).materialize(request.createHomeDirs);
    const before = readConfig(home.configPath);
    const { text, replaced } = edit(home.configPath, () => withServer(before ?? '', request.name, table));
    writeConfig(home.configPath, text);
    return mcpGet$(request).pipe(
      map((server) => ({ replaced, server })),
      catchError((error: unknown) => {
        writeConfig(home.configPath, before);
        return throwError(() => error);
      }),
    );
  });
}

function edit<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    // The parser's message quotes the text; its first line says what is wrong.
    const problem = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    throw new HomeError(path, `cannot be changed: ${problem}.`);
  }
}
