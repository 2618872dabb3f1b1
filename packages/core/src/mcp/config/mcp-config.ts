import { defer, map, type Observable, of } from 'rxjs';
import { checkServerName } from '../../commands/mcp/check-server-name.js';
import { editConfig$, readConfig } from '../../commands/mcp/config-file.js';
import { type ConfigEdit, withoutServer, withServer } from '../../commands/mcp/edit-config.js';
import { type McpServerDefinition, serverTable } from '../../commands/mcp/server-table.js';
import type { McpServer } from '../../commands/mcp/types.js';
import { HomeError, RequestError } from '../../errors/index.js';
import { codexHome } from '../../home/layout.js';
import type { HomePaths } from '../../home/paths.js';
import { checkTable } from '../../request/checks.js';
import { isTable } from '../../request/is-table.js';
import type { ConfigTable } from '../../request/types.js';
import { containsSecretText } from '../../secrets/secret-text.js';
import { errorMessage } from '../../util/error-message.js';
import { parseToml } from '../../util/parse-toml.js';
import { assertNoStoredSecrets, changedTable, type McpServerChanges } from './definition.js';
import { readServer } from './read-servers.js';

/** The MCP servers in the `config.toml` of a home. Every Observable is cold and emits once. */
export interface McpConfig {
  /** The file. */
  readonly path: string;
  /** Emits the servers by name, with the values of their `env`: do not log them. */
  list$(): Observable<readonly McpServer[]>;
  /** Emits a server; `undefined` if it does not exist. */
  get$(name: string): Observable<McpServer | undefined>;
  /** Adds a server and emits it. Errors with a `RequestError` if the name is in use, unless `overwrite` is set. */
  add$(
    name: string,
    server: McpServerDefinition,
    options?: { readonly overwrite?: boolean | undefined },
  ): Observable<McpServer>;
  /** Changes settings of a server and emits it; `undefined` removes a setting. Other settings stay. */
  update$(name: string, changes: McpServerChanges): Observable<McpServer>;
  /** Removes a server. Emits it; `undefined` if it does not exist. */
  remove$(name: string): Observable<McpServer | undefined>;
}

/**
 * Reads and edits the MCP servers of a home, in the layout of the CLI and without starting it. `list$` emits what
 * `codex mcp list --json` prints for this file.
 *
 * An edit keeps every byte outside of the tables of its server, and replaces the file as a whole, readable by its owner
 * only (0600). Edits of several processes follow each other. Values of secrets are rejected: name their variables.
 *
 * Errors: `RequestError`; `HomeError` for a `config.toml` that cannot be read or changed, or that the CLI rejects.
 *
 * @example
 * ```ts
 * import { mcpConfig } from '@codex-rx/core/mcp';
 * import { concat } from 'rxjs';
 *
 * const config = mcpConfig('data/codex-home');
 * concat(
 *   config.add$('docs', { command: ['npx', '-y', 'docs-server'], envVars: ['DOCS_TOKEN'] }, { overwrite: true }),
 *   config.update$('docs', { toolTimeout: 30_000 }),
 * ).subscribe({
 *   next: ({ name, tool_timeout_sec }) => console.log(name, tool_timeout_sec),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 *
 * @param home the folder, or the layout that `codexHome` returns
 */
export function mcpConfig(home: string | HomePaths): McpConfig {
  const path = (typeof home === 'string' ? codexHome(home) : home).configPath;
  const tables$ = defer(() => of(readTables(path)));
  const edit$ = (name: string, change: (stored: unknown, text: string) => ConfigEdit): Observable<McpServer> =>
    editConfig$(path, (text) => change(tableOf(serverTables(text), name), text)).pipe(
      map(({ edit }) => readServer(name, tableOf(serverTables(edit.text), name))),
    );
  return Object.freeze({
    path,
    list$: () => tables$.pipe(map((tables) => readAll(path, tables))),
    get$: (name: string) =>
      defer(() => {
        checkServerName(name);
        return tables$.pipe(map((tables) => readAll(path, tables).find((server) => server.name === name)));
      }),
    add$: (name: string, server: McpServerDefinition, { overwrite = false } = {}) =>
      defer(() => {
        checkServerName(name);
        rejectSecretName(name);
        const table = serverTable('server', server);
        assertNoStoredSecrets('server', server);
        return edit$(name, (stored, text) => {
          if (!overwrite && stored !== undefined)
            throw new RequestError('name', `is in use by another server: ${name}. Set "overwrite" to replace it.`);
          return withServer(text, name, table);
        });
      }),
    update$: (name: string, changes: McpServerChanges) =>
      defer(() => {
        checkServerName(name);
        rejectSecretName(name);
        checkTable('changes', changes);
        assertNoStoredSecrets('changes', changes);
        return edit$(name, (stored, text) => {
          if (!isTable(stored)) throw new RequestError('name', `must be that of a stored server: ${name} is not.`);
          const changed = changedTable('changes', stored, changes);
          readServer(name, changed);
          return withServer(text, name, changed as ConfigTable);
        });
      }),
    remove$: (name: string) =>
      defer(() => {
        checkServerName(name);
        return editConfig$(path, (text) => {
          const stored = tableOf(serverTables(text), name);
          const removed = stored === undefined ? undefined : readServer(name, stored);
          return { ...withoutServer(text, name), removed };
        }).pipe(map(({ edit }) => edit.removed));
      }),
  });
}

/** A name is stored, and printed in errors. @throws RequestError */
function rejectSecretName(name: string): void {
  if (containsSecretText(name)) throw new RequestError('name', 'looks like a secret. Choose another name.');
}

type ServerTables = Readonly<Record<string, unknown>>;

/** @throws Error if the text is not TOML, or `mcp_servers` is not a table */
function serverTables(text: string): ServerTables {
  const { mcp_servers: tables = {} } = parseToml(text);
  if (!isTable(tables)) throw new Error('mcp_servers is not a table');
  return tables;
}

function tableOf(tables: ServerTables, name: string): unknown {
  return Object.hasOwn(tables, name) ? tables[name] : undefined;
}

/** @throws HomeError */
function readTables(path: string): ServerTables {
  const text = readConfig(path) ?? '';
  return rejecting(path, () => serverTables(text));
}

function readAll(path: string, tables: ServerTables): readonly McpServer[] {
  const names = Object.keys(tables).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  return rejecting(path, () => names.map((name) => readServer(name, tables[name])));
}

/** The parser's message quotes the text, which may contain a secret; its first line says what is wrong. */
function rejecting<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new HomeError(path, `is not a valid configuration: ${errorMessage(error).split('\n', 1)[0] ?? ''}.`);
  }
}
