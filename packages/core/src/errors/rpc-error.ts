import { CodexError } from '../events/codex-error.js';

/** Why a request to an app-server or an MCP server failed. */
export type RpcErrorCode = 'RPC_ERROR' | 'RPC_TIMEOUT' | 'SERVER_EXITED' | 'CONNECTION_LOST' | 'BUFFER_OVERFLOW';

/** Details of an `RpcError`. */
export interface RpcErrorDetails {
  /** The method of the request; `undefined` for the error of a stream. */
  readonly method?: string | undefined;
  /** The `code` of the JSON-RPC error. */
  readonly rpcCode?: number | undefined;
  /** The `data` of the JSON-RPC error. */
  readonly data?: unknown;
  /** The first and the last 16 KiB of the server's stderr; secrets redacted. */
  readonly stderr?: string | undefined;
  /** The error that caused it. */
  readonly cause?: unknown;
}

/**
 * An app-server or an MCP server did not do what was requested.
 *
 * - `RPC_ERROR`: it returned an error (`rpcCode`, `data`)
 * - `RPC_TIMEOUT`: it did not answer in time
 * - `SERVER_EXITED`: it exited, or was closed, before the answer or the end of the turn
 * - `CONNECTION_LOST`: the connection to a remote server ended before the answer
 * - `BUFFER_OVERFLOW`: a run was paused while the server sent more events than are kept
 */
export class RpcError extends CodexError {
  readonly code: RpcErrorCode;
  /** The method of the request. */
  readonly method: string | undefined;
  /** The code of the server's JSON-RPC error. */
  readonly rpcCode: number | undefined;
  /** The data of the server's error. */
  readonly data: unknown;
  /** Standard error of the server, bounded; secrets redacted. */
  readonly stderr: string;

  constructor(code: RpcErrorCode, problem: string, details: RpcErrorDetails = {}) {
    super('RpcError', problem, { cause: details.cause });
    this.code = code;
    this.method = details.method;
    this.rpcCode = details.rpcCode;
    this.data = details.data;
    this.stderr = details.stderr ?? '';
  }
}
