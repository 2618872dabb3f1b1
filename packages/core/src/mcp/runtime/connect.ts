import { checkUrl } from '../../commands/check-url.js';
import { AbortError, isCodexError, RpcError } from '../../errors/index.js';
import { findReason } from '../../outcome/failure-text.js';
import { MAX_TIMER_MS } from '../../request/checks.js';
import { redactText } from '../../secrets/redact.js';
import { CLIENT_INFO } from '../../util/client-info.js';
import { deferred } from '../../util/deferred.js';
import { errorMessage } from '../../util/error-message.js';
import { onAbort } from '../../util/on-abort.js';
import { printable } from '../../util/printable.js';
import { boundedFetch } from './bounded-fetch.js';
import { ChildTransport } from './child-transport.js';
import type { McpLauncher } from './launcher.js';
import { loadMcpClient, type McpClientModules, type SdkHttpTransport, type SdkRequestOptions } from './load-client.js';
import { markRefusal, Refusal } from './refusal.js';

/** Codes of the MCP SDK for errors of its own, which servers use for refusals, too. */
const REQUEST_TIMEOUT = -32001;
const CONNECTION_CLOSED = -32000;
const MAX_MESSAGE_CHARACTERS = 2_000;

/** A connection to an initialized server. */
export interface Connection {
  readonly serverInfo: { readonly name: string; readonly version: string };
  readonly pid: number | undefined;
  readonly modules: McpClientModules;
  /** Resolves when the connection has ended: with the error, unless it was closed. */
  readonly ended: Promise<Error | undefined>;
  /** Sends a request. @throws RpcError, AbortError */
  request(
    method: string,
    params: object,
    schema: unknown,
    options: SdkRequestOptions,
  ): Promise<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
}

interface ConnectOptions {
  readonly grace: number;
  readonly signal: AbortSignal;
}

/** Connects and initializes. Nothing remains if it rejects. */
export async function connect(launcher: McpLauncher, { grace, signal }: ConnectOptions): Promise<Connection> {
  const modules = await loadMcpClient();
  const isAborted = (): boolean => signal.aborted;
  if (isAborted()) throw new AbortError(signal.reason);
  const secrets = launcher.type === 'stdio' ? [] : Object.values(launcher.headers()).flatMap((text) => text.split(' '));
  const transport =
    launcher.type === 'stdio' ? await ChildTransport.open(launcher, grace) : openHttp(launcher, modules);
  // The SDK calls the handler that it finds before its own.
  transport.onmessage = markRefusal;
  const client = new modules.Client(CLIENT_INFO, { capabilities: {} });
  const over = deferred();
  let isClosing = false;
  let lost: Error | undefined;
  client.onclose = () => {
    if (!isClosing) lost = exited(launcher, transport);
    over.resolve();
  };
  const close = async (): Promise<void> => {
    isClosing = true;
    if (!(transport instanceof ChildTransport)) await endSession(transport, grace);
    await client.close();
    if (transport instanceof ChildTransport) await transport.ended;
    over.resolve();
  };
  const failure = (method: string, error: unknown, isOver: boolean): Error => {
    if (isCodexError(error)) return error;
    const { code, data } = error as { readonly code?: unknown; readonly data?: unknown };
    const isOwn = !(data instanceof Refusal);
    if (isOwn && code === REQUEST_TIMEOUT) return timedOut(launcher, transport, method);
    if (isOwn && (isOver || code === CONNECTION_CLOSED))
      return lost === undefined && isOver ? closed(launcher, transport, method) : exited(launcher, transport, method);
    return toRpcError(launcher.name, method, error, secrets, stderrOf(transport));
  };
  const unfollow = onAbort(signal, () => void close());
  try {
    await client.connect(transport, { timeout: timerMs(launcher.startupTimeout), signal });
    if (isAborted()) throw new AbortError(signal.reason);
  } catch (error) {
    await close();
    throw isAborted() ? new AbortError(signal.reason) : failure('initialize', error, false);
  } finally {
    unfollow();
  }
  return {
    serverInfo: client.getServerVersion() ?? { name: '', version: '' },
    pid: transport instanceof ChildTransport ? transport.pid : undefined,
    modules,
    ended: over.promise.then(() => lost),
    request: (method, params, schema, { timeout, ...options }) =>
      client.request({ method, params }, schema, { ...options, timeout: timerMs(timeout) }).catch((error: unknown) => {
        throw failure(method, error, isClosing || lost !== undefined);
      }),
    close,
  };
}

/** The SDK has a timer for each request. Its longest delay, of 24 days, is no limit. */
function timerMs(timeout: number): number {
  return timeout > 0 ? Math.min(timeout, MAX_TIMER_MS) : MAX_TIMER_MS;
}

function openHttp(launcher: McpLauncher & { type: 'streamable_http' }, modules: McpClientModules): SdkHttpTransport {
  checkUrl('launcher.url', launcher.url);
  const { StreamableHTTPClientTransport } = modules;
  return new StreamableHTTPClientTransport(new URL(launcher.url), {
    requestInit: { headers: launcher.headers() },
    fetch: boundedFetch,
  });
}

/** Lets the server forget the session. A server that does not answer must not delay the end. */
async function endSession(transport: SdkHttpTransport, grace: number): Promise<void> {
  const timer = deferred();
  const timeout = setTimeout(timer.resolve, grace);
  await Promise.race([transport.terminateSession().catch(() => undefined), timer.promise]);
  clearTimeout(timeout);
}

function stderrOf(transport: ChildTransport | SdkHttpTransport): string {
  return transport instanceof ChildTransport ? transport.stderr() : '';
}

function timedOut({ name }: McpLauncher, transport: ChildTransport | SdkHttpTransport, method: string): RpcError {
  const details = { method, stderr: stderrOf(transport) };
  return new RpcError('RPC_TIMEOUT', `The MCP server ${name} did not answer ${method} in time.`, details);
}

function closed({ name }: McpLauncher, transport: ChildTransport | SdkHttpTransport, method: string): RpcError {
  const details = { method, stderr: stderrOf(transport) };
  return new RpcError('SERVER_EXITED', `The MCP server ${name} was closed before it answered ${method}.`, details);
}

function exited(launcher: McpLauncher, transport: ChildTransport | SdkHttpTransport, method?: string): RpcError {
  const stderr = stderrOf(transport);
  const reason = findReason(stderr);
  const problem = `The MCP server ${launcher.name} exited${reason === undefined ? '.' : `: ${reason}`}`;
  return new RpcError('SERVER_EXITED', problem, { method, stderr });
}

/** The message of an error comes from the server. */
function toRpcError(
  name: string,
  method: string,
  error: unknown,
  secrets: readonly string[],
  stderr: string,
): RpcError {
  const { code, data: given } = error as { readonly code?: unknown; readonly data?: unknown };
  const data = given instanceof Refusal ? given.data : given;
  const text = printable(redactText(errorMessage(error), secrets)).slice(0, MAX_MESSAGE_CHARACTERS);
  const details = { method, stderr, ...(typeof code === 'number' ? { rpcCode: code, data } : {}) };
  return new RpcError('RPC_ERROR', `${method} of the MCP server ${name} failed: ${text}`, details);
}
