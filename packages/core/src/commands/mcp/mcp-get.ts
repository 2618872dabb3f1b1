import type { Observable } from 'rxjs';
import { flagArgs } from '../../request/flag-args.js';
import type { ProfileCommandOptions } from '../command-options.js';
import { parseJson } from '../parse-json.js';
import { runCommand$ } from '../run-command.js';
import { checkServerName } from './check-server-name.js';
import { rawServerCodec, toMcpServer } from './codecs.js';
import type { McpServer } from './types.js';

/** The request of a command on one MCP server. */
export interface McpServerRequest extends ProfileCommandOptions {
  /** Of the server. */
  readonly name: string;
}

/**
 * Emits one configured MCP server, once. **The values of its `env` are included**: do not log them.
 *
 * Errors with `ExitError` (`EXIT`) if the server does not exist, with `CommandParseError` (`COMMAND_PARSE`).
 *
 * @example
 * ```ts
 * import { mcpGet$ } from '@codex-rx/core/commands';
 *
 * mcpGet$({ name: 'docs' }).subscribe({
 *   next: ({ transport }) => console.log(transport.type),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function mcpGet$(request: McpServerRequest): Observable<McpServer> {
  const { name, profile } = request;
  return runCommand$(
    request,
    () => {
      checkServerName(name);
      return {
        globals: flagArgs('--profile', profile),
        args: ['mcp', 'get', '--json', '--', name],
        isOutputSecret: true,
      };
    },
    (output) => toMcpServer(parseJson(output, rawServerCodec, true)),
  );
}
