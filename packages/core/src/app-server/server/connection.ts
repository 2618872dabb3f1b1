import { firstValueFrom } from 'rxjs';
import { AbortError, CapabilityError, isCodexError, RpcError } from '../../errors/index.js';
import { findReason } from '../../outcome/failure-text.js';
import { diagnose } from '../../process/diagnostics.js';
import { isBefore, parseVersion } from '../../request/version-number.js';
import { CLIENT_INFO } from '../../util/client-info.js';
import { errorMessage } from '../../util/error-message.js';
import { onAbort } from '../../util/on-abort.js';
import { RpcPeer, type RpcPeerOptions } from '../rpc/rpc-peer.js';
import { openStdioTransport } from '../transport/stdio-transport.js';
import type { AppServerTransport } from '../transport/transport.js';
import { openWebSocketTransport } from '../transport/web-socket-transport.js';
import { type AppServerInfo, readInfo } from './info.js';
import type { AppServerOptions } from './options.js';

/** The first version whose app-server has this protocol. */
const FIRST_VERSION = '0.98.0';
/** A server answers within a second. A program that is not one may never answer. */
const INITIALIZE_TIMEOUT_MS = 20_000;

/** An initialized connection to a server. */
export interface Connection {
  readonly transport: AppServerTransport;
  readonly peer: RpcPeer;
  readonly info: AppServerInfo;
}

/** Connects and initializes. Nothing remains if it rejects. */
export async function openConnection(
  options: AppServerOptions,
  peerOptions: RpcPeerOptions,
  signal: AbortSignal,
): Promise<Connection> {
  const transport = await openTransport(options, signal);
  const unfollow = onAbort(signal, () => void closeTransport(transport));
  try {
    const peer = new RpcPeer(transport, peerOptions);
    const info = await initialize(peer, transport, options);
    if (signal.aborted) throw new AbortError(signal.reason);
    // The end may arrive together with the answer.
    if (peer.closed !== undefined) throw peer.closed;
    return { transport, peer, info };
  } catch (error) {
    await closeTransport(transport);
    throw signal.aborted ? new AbortError(signal.reason) : error;
  } finally {
    unfollow();
  }
}

/** Closes a transport. Reports the error of one that cannot be closed, because the server ends nevertheless. */
export async function closeTransport(transport: AppServerTransport): Promise<void> {
  try {
    await transport.close();
  } catch (error) {
    const problem = `The transport could not be closed: ${errorMessage(error)}`;
    diagnose({ type: 'protocolError', problem: transport.redact?.(problem) ?? problem, text: '' });
  }
}

async function openTransport(options: AppServerOptions, signal: AbortSignal): Promise<AppServerTransport> {
  const { connect } = options;
  if (connect === undefined) return openStdioTransport(options, signal);
  return connect.transport ?? openWebSocketTransport(connect, signal);
}

async function initialize(
  peer: RpcPeer,
  transport: AppServerTransport,
  { clientInfo = CLIENT_INFO, experimentalApi = true, optOutNotifications, requestTimeout = 0 }: AppServerOptions,
): Promise<AppServerInfo> {
  const capabilities = { experimentalApi, optOutNotificationMethods: optOutNotifications };
  const limit = Math.min(requestTimeout > 0 ? requestTimeout : INITIALIZE_TIMEOUT_MS, INITIALIZE_TIMEOUT_MS);
  const result$ = peer.request$('initialize', { clientInfo, capabilities }, limit);
  const result = await firstValueFrom(result$).catch((error: unknown) => {
    throw isCodexError(error, 'RPC_TIMEOUT') ? notInitialized(limit, transport) : error;
  });
  peer.notify('initialized');
  const info = readInfo(result, { pid: transport.pid, experimentalApi });
  const version = parseVersion(info.version);
  if (version !== undefined && isBefore(version, FIRST_VERSION))
    throw new CapabilityError('appServer$', info.version, { since: FIRST_VERSION, canOmit: false });
  return info;
}

function notInitialized(limit: number, transport: AppServerTransport): RpcError {
  const stderr = transport.stderr?.() ?? '';
  const reason = findReason(stderr);
  const problem = `The app-server did not answer initialize within ${limit} ms. Check "binary" and "connect".`;
  const text = reason === undefined ? problem : `${problem} It wrote: ${reason}`;
  return new RpcError('RPC_TIMEOUT', text, { method: 'initialize', stderr });
}
