import { defer, Observable } from 'rxjs';
import { AbortError, RequestError, RpcError } from '../../errors/index.js';
import { checkArgument, checkDuration, checkTable } from '../../request/checks.js';
import { onAbort } from '../../util/on-abort.js';
import type { Connection } from './connect.js';
import type { McpLauncher } from './launcher.js';

/** A tool of an MCP server, as the server describes it. */
export interface McpTool {
  /** The name of the tool. */
  readonly name: string;
  /** A description for the model. */
  readonly description?: string | undefined;
  /** JSON Schema of the arguments. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** JSON Schema of `structuredContent`. */
  readonly outputSchema?: Readonly<Record<string, unknown>> | undefined;
  /** Hints, such as `readOnlyHint`. Not verified. */
  readonly annotations?: Readonly<Record<string, unknown>> | undefined;
}

/** An emission of a call: progress, or the result. */
export type McpCallEvent =
  | {
      readonly type: 'progress';
      readonly progress: number;
      readonly total?: number | undefined;
      readonly message?: string | undefined;
    }
  | { readonly type: 'result'; readonly result: McpCallResult };

/** The result of a call. */
export interface McpCallResult {
  /** Content blocks of MCP, such as `{ type: 'text', text }`. */
  readonly content: readonly Readonly<Record<string, unknown>>[];
  /** The result as data. */
  readonly structuredContent?: Readonly<Record<string, unknown>> | undefined;
  /** The call failed; `content` says why. */
  readonly isError: boolean;
}

/** Options of a call. */
export interface McpCallOptions {
  /** Milliseconds until the result or the next progress; 0 or `Infinity`: no limit. Default: those of the launcher. */
  readonly timeout?: number | undefined;
  /** Cancels the call, which errors with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
}

const MAX_PAGES = 1_000;

export function listTools$(launcher: McpLauncher, connection: Connection): Observable<readonly McpTool[]> {
  return defer(async () => (await listTools(launcher, connection)).filter(({ name }) => isEnabled(launcher, name)));
}

async function listTools({ name, toolTimeout: timeout }: McpLauncher, connection: Connection): Promise<McpTool[]> {
  const tools: McpTool[] = [];
  const cursors = new Set<unknown>();
  for (let cursor: unknown; cursors.size < MAX_PAGES; cursors.add(cursor)) {
    const schema = connection.modules.ListToolsResultSchema;
    const page = await connection.request('tools/list', cursor === undefined ? {} : { cursor }, schema, { timeout });
    tools.push(...(page.tools as McpTool[]));
    cursor = page.nextCursor;
    if (cursor === undefined) return tools;
    if (cursors.has(cursor)) break;
  }
  throw new RpcError('RPC_ERROR', `The MCP server ${name} lists its tools without an end.`, { method: 'tools/list' });
}

function isEnabled({ enabledTools, disabledTools }: McpLauncher, tool: string): boolean {
  return (enabledTools === null || enabledTools.includes(tool)) && !disabledTools.includes(tool);
}

interface Call {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly options: McpCallOptions;
}

export function callTool$(
  launcher: McpLauncher,
  connection: Connection,
  { tool, args, options }: Call,
): Observable<McpCallEvent> {
  return new Observable((subscriber) => {
    checkArgument('tool', tool);
    checkTable('args', args);
    if (!isEnabled(launcher, tool))
      throw new RequestError('tool', `must be enabled: ${tool} of the MCP server ${launcher.name} is not.`);
    const { signal, timeout = launcher.toolTimeout } = options;
    checkDuration('timeout', timeout, { infinite: true });
    const leaving = new AbortController();
    const unfollow =
      signal &&
      onAbort(signal, () => {
        subscriber.error(new AbortError(signal.reason));
      });
    if (subscriber.closed) return undefined;
    connection
      .request('tools/call', { name: tool, arguments: args }, connection.modules.CallToolResultSchema, {
        timeout,
        signal: leaving.signal,
        resetTimeoutOnProgress: true,
        onprogress: ({ progress, total, message }) => {
          subscriber.next({ type: 'progress', progress, total, message });
        },
      })
      .then(
        ({ content, structuredContent, isError }) => {
          const result = { content, structuredContent, isError: isError === true } as McpCallResult;
          subscriber.next({ type: 'result', result });
          subscriber.complete();
        },
        (error: unknown) => {
          subscriber.error(error);
        },
      );
    return () => {
      unfollow?.();
      leaving.abort();
    };
  });
}
