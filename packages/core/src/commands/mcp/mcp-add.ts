import {
  catchError,
  concat,
  defer,
  EMPTY,
  finalize,
  ignoreElements,
  map,
  mergeMap,
  type Observable,
  of,
  tap,
  throwError,
} from 'rxjs';
import { abortable } from '../../errors/abortable.js';
import { codexHome } from '../../home/layout.js';
import { resolveHome } from '../../home/resolve-home.js';
import { validateOptions } from '../../request/validate.js';
import { emitCleanupWarning } from '../../util/warn-on-error.js';
import type { CommandOptions } from '../command-options.js';
import { checkServerName } from './check-server-name.js';
import { editConfig$, replaceConfig$, type WrittenEdit } from './config-file.js';
import { type ConfigEdit, ownTables, replaceServer, withServer } from './edit-config.js';
import { mcpGet$ } from './mcp-get.js';
import { type McpServerDefinition, serverTable } from './server-table.js';
import type { McpServer } from './types.js';

/** The request of `mcpAdd$`. */
export interface McpAddRequest extends CommandOptions {
  /** The name of the server. */
  readonly name: string;
  /** How the CLI starts or reaches the server. */
  readonly server: McpServerDefinition;
}

/** The result of `mcpAdd$`. */
export interface McpAddition {
  /** A server of that name was there before, and is replaced. */
  readonly replaced: boolean;
  /** The server as the CLI reads it. Contains the values of `env`. */
  readonly server: McpServer;
}

/**
 * Adds an MCP server to the configuration of the home, or replaces the one of that name; emits the server as the CLI
 * reads it, once.
 *
 * `codex mcp add` is not used: it takes the environment as arguments, which every process of the machine can read, and
 * for some addresses starts a login in a browser and waits for it. Instead `config.toml` is replaced as a whole,
 * readable by its owner only (0600); comments and all other settings stay. Then the CLI is asked for the server. If it
 * rejects the configuration, or on unsubscribe before its answer, the file is restored; if others changed the file
 * meanwhile, their changes stay and only the server is taken out.
 *
 * Errors: `RequestError`, `HomeError` (`HOME_FAILED`) for a `config.toml` that cannot be read, changed or written,
 * `ExitError` if the CLI refuses.
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
    const { name } = request;
    const edited$ = editConfig$(home.configPath, (text) => withServer(text, name, table));
    return abortable(edited$, request.signal).pipe(
      mergeMap((written) => confirmed$(request, written, undoEdit$(home.configPath, written, name))),
    );
  });
}

/** Asks the CLI for the server. The edit is undone if it refuses, or on unsubscribe before its answer. */
function confirmed$(
  request: McpAddRequest,
  { edit }: WrittenEdit<ConfigEdit>,
  undo$: Observable<never>,
): Observable<McpAddition> {
  return defer(() => {
    let isPending = true;
    const undone$ = undo$.pipe(
      tap({
        complete: () => {
          isPending = false;
        },
      }),
    );
    const undoPending = (): void => {
      if (isPending) undone$.subscribe();
    };
    return mcpGet$(request).pipe(
      map((server) => {
        isPending = false;
        return { replaced: edit.replaced, server };
      }),
      catchError((error: unknown) =>
        concat(
          undone$,
          throwError(() => error),
        ),
      ),
      finalize(undoPending),
    );
  });
}

/** Restores the file, and completes. An error is a process warning. */
function undoEdit$(path: string, { edit, before }: WrittenEdit<ConfigEdit>, name: string): Observable<never> {
  const own = ownTables(edit.text, name);
  return replaceConfig$(path, edit.text, before).pipe(
    // The file has changed since: put back the tables of this server only, if they are still those that were written.
    mergeMap((isRestored) =>
      isRestored
        ? of(undefined)
        : editConfig$(path, (text) =>
            ownTables(text, name) === own
              ? replaceServer(text, name, ownTables(before ?? '', name))
              : { text, replaced: false },
          ),
    ),
    ignoreElements(),
    catchError((error: unknown) => {
      emitCleanupWarning(`Cannot restore ${path}`, error);
      return EMPTY;
    }),
  );
}
