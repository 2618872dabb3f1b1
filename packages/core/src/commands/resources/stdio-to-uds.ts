import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { Observable } from 'rxjs';
import { AbortError, RequestError } from '../../errors/index.js';
import { checkArgument } from '../../request/checks.js';
import { assertSupported } from '../../request/command-capabilities.js';
import type { CodexOptions } from '../../request/types.js';
import { assertOutsideWorkspace } from '../../request/writable-folders.js';
import type { CommandOptions } from '../command-options.js';
import type { Cli, Invocation } from '../invocation.js';
import { openProcess } from './open-process.js';
import { type OpenedResource, openResource, resource$ } from './resource.js';

/** `sandbox` and `addDirs` are those of the runs whose agents could replace the socket. A client passes its own. */
export interface StdioToUdsRequest
  extends Omit<CommandOptions, 'timeout'>,
    Pick<CodexOptions, 'sandbox' | 'addDirs' | 'allowInWorkspace'> {
  /** Path of a Unix domain socket on which a server listens, relative to the host's working directory. */
  readonly socketPath: string;
}

/** A relay: what is written to `stdin` goes to the socket, what comes from there is read from `stdout`. */
export interface StdioToUds {
  /** Process id of the relay. */
  readonly pid: number;
  /** Ending it signals the end of input to the server; the relay continues until the server closes the connection. */
  readonly stdin: Writable;
  /** The data that the socket sends. */
  readonly stdout: Readable;
  /** Resolves when it has ended, however. */
  readonly exited: Promise<{ readonly exitCode: number | null; readonly signal: string | null }>;
}

/**
 * Runs the CLI's relay between standard input and output and a Unix domain socket. Emits a handle once the relay
 * runs, and stays open until unsubscribed, when its input is closed and it ends. Completes when both sides have
 * closed.
 *
 * If the server closes first, the relay notices at the next write, and fails. Errors: `RequestError` (not a socket,
 * or inside a folder that the agent may write to),
 * `CapabilityError` (before CLI 0.75), `ExitError` (`EXIT`) if the server does not answer or the relay breaks.
 * `firstValueFrom` closes the relay: use `openStdioToUds`.
 *
 * @example
 * ```ts
 * import { stdioToUds$ } from '@codex-rx/core/commands';
 *
 * stdioToUds$({ socketPath: '/run/example.sock' }).subscribe({
 *   next: ({ stdin, stdout }) => {
 *     stdout.on('data', (chunk) => console.log(String(chunk)));
 *     stdin.end('hello\n');
 *   },
 *   error: (error) => console.error(String(error)), // socketPath: there is no /run/example.sock …
 * });
 * ```
 */
export function stdioToUds$(request: StdioToUdsRequest): Observable<StdioToUds> {
  return resource$((signal) => openRelay(request, signal));
}

/**
 * The same as a promise of a handle, to be disposed. Rejects as `stdioToUds$` errors.
 *
 * @example
 * ```ts
 * import { openStdioToUds } from '@codex-rx/core/commands';
 *
 * try {
 *   await using relay = await openStdioToUds({ socketPath: '/run/example.sock' });
 *   relay.stdin.end('hello\n');
 *   for await (const chunk of relay.stdout) console.log(String(chunk));
 * } catch (error) {
 *   console.error(String(error));
 * }
 * ```
 */
export async function openStdioToUds(request: StdioToUdsRequest): Promise<StdioToUds & AsyncDisposable> {
  return openResource((signal) => openRelay(request, signal), request.signal);
}

async function openRelay(request: StdioToUdsRequest, leaving: AbortSignal): Promise<OpenedResource<StdioToUds>> {
  const signal = request.signal === undefined ? leaving : AbortSignal.any([request.signal, leaving]);
  const running = await openProcess(request, (cli) => relayInvocation(request, cli), { keepStdin: true, signal });
  const { pid, stdin, stdout } = running.child;
  return {
    handle: {
      pid,
      stdin,
      stdout,
      exited: running.ended.then(({ code, signal: by }) => ({ exitCode: code, signal: by })),
    },
    ended: running.ended.then((status) => {
      if (request.signal?.aborted === true) throw new AbortError(request.signal.reason);
      if (status.code !== 0 && !leaving.aborted) throw running.failure(status);
    }),
    close: running.stop,
  };
}

async function relayInvocation(request: StdioToUdsRequest, cli: Cli): Promise<Invocation> {
  const { socketPath } = request;
  checkArgument('socketPath', socketPath);
  const path = resolve(socketPath);
  assertOutsideWorkspace(request, 'socketPath', path);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined)
    throw new RequestError('socketPath', `must exist: ${path} does not. Start its server first.`);
  if (!stats.isSocket() && process.platform !== 'win32')
    throw new RequestError('socketPath', `must be a socket: ${path} is not.`);
  const capabilities = await cli.facts();
  assertSupported(capabilities, 'stdioToUds$');
  return {
    args: capabilities.hasAppServerProxy ? ['app-server', 'proxy', '--sock', path] : ['stdio-to-uds', '--', path],
  };
}
