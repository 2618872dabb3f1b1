import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Observable } from 'rxjs';
import { AbortError, RequestError, RunTimeoutError } from '../../errors/index.js';
import { createFolder } from '../../process/temporary-folder.js';
import { checkArgument, checkInteger } from '../../request/checks.js';
import { assertSupported } from '../../request/command-capabilities.js';
import { flagArgs } from '../../request/flag-args.js';
import type { CodexOptions } from '../../request/types.js';
import { assertOutsideWorkspace } from '../../request/writable-folders.js';
import { parseSecret } from '../auth/login.js';
import { checkUrl } from '../check-url.js';
import type { CommandOptions } from '../command-options.js';
import type { Cli, Invocation } from '../invocation.js';
import { type OpenProcess, openProcess } from './open-process.js';
import { type OpenedResource, openResource, resource$ } from './resource.js';
import { readServerInfo, type ServerInfo } from './server-info.js';

/** `sandbox` and `addDirs` are those of the runs whose agents could replace a file. A client passes its own. */
export interface ResponsesApiProxyRequest
  extends CommandOptions,
    Pick<CodexOptions, 'sandbox' | 'addDirs' | 'allowInWorkspace'> {
  /** Goes to standard input. Letters, digits, - and _ only. */
  readonly apiKey: string;
  /** Default: a free one. */
  readonly port?: number | undefined;
  /** Where requests are passed on to (CLI 0.75 or later). Default: OpenAI's. */
  readonly upstreamUrl?: string | undefined;
  /** Let `GET /shutdown` end it. Default `false`. */
  readonly httpShutdown?: boolean | undefined;
  /** Where it writes its port and pid, relative to the host's working directory. Default: a private temporary file. */
  readonly serverInfoPath?: string | undefined;
  /** Milliseconds until it is ready. Default 30,000; 0 or `Infinity`: none. */
  readonly timeout?: number | undefined;
}

/** A proxy that adds an API key to requests; it knows `POST /v1/responses` only. */
export interface ResponsesApiProxy {
  /** The port that the proxy listens on, if it is known. */
  readonly port: number;
  /** Of the server. */
  readonly pid: number;
  /** The base address, for a model provider: `http://127.0.0.1:<port>/v1`. */
  readonly baseUrl: string;
  /** Resolves when it has ended, however. */
  readonly exited: Promise<{ readonly exitCode: number | null; readonly signal: string | null }>;
}

const READY_TIMEOUT_MS = 30_000;
const POLL_INTERVAL_MS = 15;

/**
 * Runs the CLI's proxy for the Responses API, so that others can use an API key without having it. Emits a handle
 * once the proxy listens, and stays open until unsubscribed, when the proxy ends. Completes if the proxy is ended by
 * `GET /shutdown`.
 *
 * Errors: `RequestError`, `CapabilityError` (before CLI 0.47), `ExitError` (`EXIT`) if it does not start or ends by
 * itself, `RunTimeoutError` (`RUN_TIMEOUT`) if it is not ready in time. `firstValueFrom` gives a closed one: use
 * `openResponsesApiProxy`.
 *
 * @example
 * ```ts
 * import { responsesApiProxy$ } from '@codex-rx/core/commands';
 *
 * const proxy = responsesApiProxy$({ apiKey: 'sk-example' }).subscribe({
 *   next: ({ baseUrl }) => console.log(baseUrl),
 *   error: (error) => console.error(String(error)),
 * });
 * setTimeout(() => proxy.unsubscribe(), 1_000);
 * ```
 */
export function responsesApiProxy$(request: ResponsesApiProxyRequest): Observable<ResponsesApiProxy> {
  return resource$((signal) => openProxy(request, signal));
}

/**
 * The same as a promise of a handle, to be disposed. Rejects as `responsesApiProxy$` errors.
 *
 * @example
 * ```ts
 * import { openResponsesApiProxy } from '@codex-rx/core/commands';
 *
 * try {
 *   await using proxy = await openResponsesApiProxy({ apiKey: 'sk-example', timeout: 1_000 });
 *   console.log(proxy.baseUrl);
 * } catch (error) {
 *   console.error(String(error));
 * }
 * ```
 */
export async function openResponsesApiProxy(
  request: ResponsesApiProxyRequest,
): Promise<ResponsesApiProxy & AsyncDisposable> {
  return openResource((signal) => openProxy(request, signal), request.signal);
}

async function openProxy(
  request: ResponsesApiProxyRequest,
  leaving: AbortSignal,
): Promise<OpenedResource<ResponsesApiProxy>> {
  const signal = request.signal === undefined ? leaving : AbortSignal.any([request.signal, leaving]);
  const { serverInfoPath } = request;
  let infoPath = serverInfoPath === undefined ? undefined : resolve(serverInfoPath);
  if (infoPath !== undefined) {
    checkFolder('serverInfoPath', infoPath);
    assertOutsideWorkspace(request, 'serverInfoPath', infoPath);
  }
  const temporary: string[] = [];
  if (infoPath === undefined) {
    temporary.push(createFolder());
    infoPath = join(temporary[0] ?? '', 'server.json');
  }
  const path = infoPath;
  // The time that it may take is not the time that it may run.
  const running = await openProcess({ ...request, timeout: undefined }, (cli) => proxyInvocation(request, path, cli), {
    temporary,
    signal,
  });
  // An unread pipe would block the proxy.
  running.child.stdout.resume();
  const info = await untilReady(running, path, request.timeout ?? READY_TIMEOUT_MS, signal);
  return {
    handle: {
      port: info.port,
      pid: info.pid,
      baseUrl: `http://127.0.0.1:${info.port}/v1`,
      exited: running.ended.then(({ code, signal: by }) => ({ exitCode: code, signal: by })),
    },
    ended: running.ended.then((status) => {
      if (request.signal?.aborted === true) throw new AbortError(request.signal.reason);
      if (status.code !== 0 && !leaving.aborted) throw running.failure(status);
    }),
    close: running.stop,
  };
}

async function untilReady(
  running: OpenProcess,
  path: string,
  timeout: number,
  signal: AbortSignal,
): Promise<ServerInfo> {
  const end = performance.now() + (timeout === 0 ? Number.POSITIVE_INFINITY : timeout);
  while (!running.child.hasExited()) {
    const info = readServerInfo(path, running.child.pid);
    if (info !== undefined) return info;
    if (performance.now() > end) {
      await running.stop();
      throw new RunTimeoutError(timeout, { what: 'command' });
    }
    await delay(POLL_INTERVAL_MS);
  }
  const status = await running.ended;
  if (signal.aborted) throw new AbortError(signal.reason);
  throw running.failure(status);
}

async function proxyInvocation(request: ResponsesApiProxyRequest, infoPath: string, cli: Cli): Promise<Invocation> {
  const { port, upstreamUrl, httpShutdown = false } = request;
  const key = parseSecret('apiKey', request.apiKey);
  if (!/^[\w-]+$/.test(key)) throw new RequestError('apiKey', 'may hold letters, digits, - and _ only.');
  if (port !== undefined) checkInteger('port', port, [0, 65_535]);
  if (upstreamUrl !== undefined) checkUrl('upstreamUrl', upstreamUrl);
  assertSupported(
    await cli.facts(),
    'responsesApiProxy$',
    ...(upstreamUrl === undefined ? [] : (['responsesApiProxy$ upstreamUrl'] as const)),
  );
  return {
    args: [
      'responses-api-proxy',
      ...(port === undefined ? [] : ['--port', String(port)]),
      ...flagArgs('--server-info', infoPath),
      ...(httpShutdown ? ['--http-shutdown'] : []),
      ...flagArgs('--upstream-url', upstreamUrl),
    ],
    stdin: `${key}\n`,
    secrets: [key],
  };
}

function checkFolder(field: string, path: string): void {
  checkArgument(field, path);
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new RequestError(field, `must be in an existing folder: ${dirname(path)} does not exist. Create it first.`);
}
