import * as t from 'io-ts';
import type { Observable } from 'rxjs';
import { flagArgs } from '../../request/flag-args.js';
import type { ProfileCommandOptions } from '../command-options.js';
import { parseJson } from '../parse-json.js';
import { runCommand$ } from '../run-command.js';
import { rawServerCodec, toMcpServer } from './codecs.js';
import type { McpServer } from './types.js';

/**
 * Emits the configured MCP servers, once. **The values of their `env` are included**: do not log them.
 *
 * Errors with `CommandParseError` (`COMMAND_PARSE`), and with `ExitError` for a configuration that cannot be read.
 *
 * @example
 * ```ts
 * import { mcpList$ } from '@codex-rx/core/commands';
 *
 * mcpList$().subscribe({
 *   next: (servers) => console.log(servers.map((server) => server.name)),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function mcpList$(options: ProfileCommandOptions = {}): Observable<readonly McpServer[]> {
  return runCommand$(
    options,
    () => ({ globals: flagArgs('--profile', options.profile), args: ['mcp', 'list', '--json'], isOutputSecret: true }),
    (output): readonly McpServer[] => parseJson(output, t.array(rawServerCodec), true).map(toMcpServer),
  );
}
