// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { SandboxPolicy } from './shared.js';

/**
 * Base64-encoded output chunk emitted for a streaming `command/exec` request.
 *
 * These notifications are connection-scoped. If the originating connection closes, the server terminates the process.
 */
export interface CommandExecOutputDeltaNotification {
  /** `true` on the final streamed chunk for a stream when `outputBytesCap` truncated later output on that stream. */
  readonly capReached: boolean;
  /** Base64-encoded output bytes. */
  readonly deltaBase64: string;
  /** Client-supplied, connection-scoped `processId` from the original `command/exec` request. */
  readonly processId: string;
  /** Output stream for this chunk. */
  readonly stream: CommandExecOutputStream;
}

/** Stream label for `command/exec/outputDelta` notifications. */
export type CommandExecOutputStream = 'stdout' | 'stderr';

/**
 * Run a standalone command (argv vector) in the server sandbox without creating a thread or turn.
 *
 * The final `command/exec` response is deferred until the process exits and is sent only after all
 * `command/exec/outputDelta` notifications for that connection have been emitted.
 */
export interface CommandExecParams {
  /** Command argv vector. Empty arrays are rejected. */
  readonly command: readonly string[];
  /** Optional working directory. Defaults to the server cwd. */
  readonly cwd?: string | null | undefined;
  /**
   * Disable stdout/stderr capture truncation for this request.
   *
   * Cannot be combined with `outputBytesCap`.
   */
  readonly disableOutputCap?: boolean | undefined;
  /**
   * Disable the timeout entirely for this request.
   *
   * Cannot be combined with `timeoutMs`.
   */
  readonly disableTimeout?: boolean | undefined;
  /**
   * Optional environment overrides merged into the server-computed environment.
   *
   * Matching names override inherited values. Set a key to `null` to unset an inherited variable.
   */
  readonly env?: Readonly<Record<string, string | null>> | null | undefined;
  /**
   * Optional per-stream stdout/stderr capture cap in bytes.
   *
   * When omitted, the server default applies. Cannot be combined with `disableOutputCap`.
   */
  readonly outputBytesCap?: number | null | undefined;
  /**
   * Optional active permissions profile id for this command.
   *
   * Defaults to the user's configured permissions when omitted. Cannot be combined with `sandboxPolicy`.
   */
  readonly permissionProfile?: string | null | undefined;
  /**
   * Optional client-supplied, connection-scoped process id.
   *
   * Required for `tty`, `streamStdin`, `streamStdoutStderr`, and follow-up `command/exec/write`,
   * `command/exec/resize`, and `command/exec/terminate` calls. When omitted, buffered execution gets an internal id
   * that is not exposed to the client.
   */
  readonly processId?: string | null | undefined;
  /**
   * Optional sandbox policy for this command.
   *
   * Uses the same shape as thread/turn execution sandbox configuration and defaults to the user's configured policy
   * when omitted. Cannot be combined with `permissionProfile`.
   */
  readonly sandboxPolicy?: SandboxPolicy | null | undefined;
  /** Optional initial PTY size in character cells. Only valid when `tty` is true. */
  readonly size?: CommandExecTerminalSize | null | undefined;
  /**
   * Allow follow-up `command/exec/write` requests to write stdin bytes.
   *
   * Requires a client-supplied `processId`.
   */
  readonly streamStdin?: boolean | undefined;
  /**
   * Stream stdout/stderr via `command/exec/outputDelta` notifications.
   *
   * Streamed bytes are not duplicated into the final response and require a client-supplied `processId`.
   */
  readonly streamStdoutStderr?: boolean | undefined;
  /**
   * Optional timeout in milliseconds.
   *
   * When omitted, the server default applies. Cannot be combined with `disableTimeout`.
   */
  readonly timeoutMs?: number | null | undefined;
  /**
   * Enable PTY mode.
   *
   * This implies `streamStdin` and `streamStdoutStderr`.
   */
  readonly tty?: boolean | undefined;
}

/** Resize a running PTY-backed `command/exec` session. */
export interface CommandExecResizeParams {
  /** Client-supplied, connection-scoped `processId` from the original `command/exec` request. */
  readonly processId: string;
  /** New PTY size in character cells. */
  readonly size: CommandExecTerminalSize;
}

/** Empty success response for `command/exec/resize`. */
export type CommandExecResizeResponse = Readonly<Record<string, unknown>>;

/** Final buffered result for `command/exec`. */
export interface CommandExecResponse {
  /** Process exit code. */
  readonly exitCode: number;
  /**
   * Buffered stderr capture.
   *
   * Empty when stderr was streamed via `command/exec/outputDelta`.
   */
  readonly stderr: string;
  /**
   * Buffered stdout capture.
   *
   * Empty when stdout was streamed via `command/exec/outputDelta`.
   */
  readonly stdout: string;
}

/** PTY size in character cells for `command/exec` PTY sessions. */
export interface CommandExecTerminalSize {
  /** Terminal width in character cells. */
  readonly cols: number;
  /** Terminal height in character cells. */
  readonly rows: number;
}

/** Terminate a running `command/exec` session. */
export interface CommandExecTerminateParams {
  /** Client-supplied, connection-scoped `processId` from the original `command/exec` request. */
  readonly processId: string;
}

/** Empty success response for `command/exec/terminate`. */
export type CommandExecTerminateResponse = Readonly<Record<string, unknown>>;

/** Write stdin bytes to a running `command/exec` session, close stdin, or both. */
export interface CommandExecWriteParams {
  /** Close stdin after writing `deltaBase64`, if present. */
  readonly closeStdin?: boolean | undefined;
  /** Optional base64-encoded stdin bytes to write. */
  readonly deltaBase64?: string | null | undefined;
  /** Client-supplied, connection-scoped `processId` from the original `command/exec` request. */
  readonly processId: string;
}

/** Empty success response for `command/exec/write`. */
export type CommandExecWriteResponse = Readonly<Record<string, unknown>>;
