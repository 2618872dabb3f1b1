import type { ApprovalHandler } from '../app-server/approvals/types.js';
import type { RemoteAddress } from '../app-server/transport/remote-address.js';
import type { AppServerTransport } from '../app-server/transport/transport.js';

/** Where the running app-server of a client listens. */
export type EngineConnectOptions =
  | RemoteAddress
  /** An own transport, such as over SSH, for each connection. */
  | { readonly transport: () => AppServerTransport; readonly url?: undefined; readonly socketPath?: undefined };

/** How the runs of a client reach the CLI. */
export interface EngineOptions {
  /**
   * `exec` (default): a process of `codex exec` for each run. `app-server`: many runs in one process of
   * `codex app-server`, which starts with the first run (CLI ≥ 0.98).
   */
  readonly transport?: 'exec' | 'app-server' | undefined;
  /** Answers requests for approval. Without it, runs never ask. Needs the transport `app-server`. */
  readonly approvals?: ApprovalHandler | undefined;
  /** Milliseconds until a server without runs is closed. Default 60,000; `Infinity`: at the exit of the host. */
  readonly idleStop?: number | undefined;
  /** Server processes at the same time. Runs that need a further one wait. Default 4. */
  readonly maxServers?: number | undefined;
  /** Threads that are started ahead, for the next runs with the same options. Default 0. */
  readonly spareThreads?: number | undefined;
  /** Connects to a running server instead of spawning one. `url` and `socketPath` need the package `ws`. */
  readonly connect?: EngineConnectOptions | undefined;
}

export const IDLE_STOP_MS = 60_000;
export const MAX_SERVERS = 4;
