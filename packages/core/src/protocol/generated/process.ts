// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { AbsolutePathBuf } from './shared.js';

/** Final process exit notification for `process/spawn`. */
export interface ProcessExitedNotification {
  /** Process exit code. */
  readonly exitCode: number;
  /**
   * Whether output collection hit its post-exit deadline before seeing EOF or reaching the requested byte cap on
   * either stream. Older servers omit this field.
   */
  readonly outputDrainTimedOut?: boolean | null | undefined;
  /** Client-supplied, connection-scoped `processHandle` from `process/spawn`. */
  readonly processHandle: string;
  /**
   * Buffered stderr capture.
   *
   * Empty when stderr was streamed via `process/outputDelta`.
   */
  readonly stderr: string;
  /**
   * Whether stderr reached `outputBytesCap`.
   *
   * In streaming mode, stderr is empty and cap state is also reported on the final stderr `process/outputDelta`
   * notification.
   */
  readonly stderrCapReached: boolean;
  /**
   * Buffered stdout capture.
   *
   * Empty when stdout was streamed via `process/outputDelta`.
   */
  readonly stdout: string;
  /**
   * Whether stdout reached `outputBytesCap`.
   *
   * In streaming mode, stdout is empty and cap state is also reported on the final stdout `process/outputDelta`
   * notification.
   */
  readonly stdoutCapReached: boolean;
}

/** Terminate a running `process/spawn` session. */
export interface ProcessKillParams {
  /** Client-supplied, connection-scoped `processHandle` from `process/spawn`. */
  readonly processHandle: string;
}

/** Empty success response for `process/kill`. */
export type ProcessKillResponse = Readonly<Record<string, unknown>>;

/** Base64-encoded output chunk emitted for a streaming `process/spawn` request. */
export interface ProcessOutputDeltaNotification {
  /** True on the final streamed chunk for this stream when output was truncated by `outputBytesCap`. */
  readonly capReached: boolean;
  /** Base64-encoded output bytes. */
  readonly deltaBase64: string;
  /** Client-supplied, connection-scoped `processHandle` from `process/spawn`. */
  readonly processHandle: string;
  /** Output stream this chunk belongs to. */
  readonly stream: ProcessOutputStream;
}

/** Stream label for `process/outputDelta` notifications. */
export type ProcessOutputStream = 'stdout' | 'stderr';

/** Resize a running PTY-backed `process/spawn` session. */
export interface ProcessResizePtyParams {
  /** Client-supplied, connection-scoped `processHandle` from `process/spawn`. */
  readonly processHandle: string;
  /** New PTY size in character cells. */
  readonly size: ProcessTerminalSize;
}

/** Empty success response for `process/resizePty`. */
export type ProcessResizePtyResponse = Readonly<Record<string, unknown>>;

/**
 * Spawn a standalone process (argv vector) without a Codex sandbox on the host where the app server is running.
 *
 * `process/spawn` returns after the process has started and the connection-scoped `processHandle` has been
 * registered. Process output and exit are reported via `process/outputDelta` and `process/exited` notifications.
 */
export interface ProcessSpawnParams {
  /** Command argv vector. Empty arrays are rejected. */
  readonly command: readonly string[];
  /** Absolute working directory for the process. */
  readonly cwd: AbsolutePathBuf;
  /**
   * Optional environment overrides merged into the app-server process environment.
   *
   * Matching names override inherited values. Set a key to `null` to unset an inherited variable.
   */
  readonly env?: Readonly<Record<string, string | null>> | null | undefined;
  /**
   * Optional per-stream stdout/stderr capture cap in bytes.
   *
   * When omitted, the server default applies. Set to `null` to disable the cap.
   */
  readonly outputBytesCap?: number | null | undefined;
  /**
   * Client-supplied, connection-scoped process handle.
   *
   * Duplicate active handles are rejected on the same connection. The same handle can be reused after the prior
   * process exits.
   */
  readonly processHandle: string;
  /** Optional initial PTY size in character cells. Only valid when `tty` is true. */
  readonly size?: ProcessTerminalSize | null | undefined;
  /** Allow follow-up `process/writeStdin` requests to write stdin bytes. */
  readonly streamStdin?: boolean | undefined;
  /**
   * Stream stdout/stderr via `process/outputDelta` notifications.
   *
   * Streamed bytes are not duplicated into the `process/exited` notification.
   */
  readonly streamStdoutStderr?: boolean | undefined;
  /**
   * Optional timeout in milliseconds.
   *
   * When omitted, the server default applies. Set to `null` to disable the timeout.
   */
  readonly timeoutMs?: number | null | undefined;
  /**
   * Enable PTY mode.
   *
   * This implies `streamStdin` and `streamStdoutStderr`.
   */
  readonly tty?: boolean | undefined;
}

/** Successful response for `process/spawn`. */
export type ProcessSpawnResponse = Readonly<Record<string, unknown>>;

/** PTY size in character cells for `process/spawn` PTY sessions. */
export interface ProcessTerminalSize {
  /** Terminal width in character cells. */
  readonly cols: number;
  /** Terminal height in character cells. */
  readonly rows: number;
}

/** Write stdin bytes to a running `process/spawn` session, close stdin, or both. */
export interface ProcessWriteStdinParams {
  /** Close stdin after writing `deltaBase64`, if present. */
  readonly closeStdin?: boolean | undefined;
  /** Optional base64-encoded stdin bytes to write. */
  readonly deltaBase64?: string | null | undefined;
  /** Client-supplied, connection-scoped `processHandle` from `process/spawn`. */
  readonly processHandle: string;
}

/** Empty success response for `process/writeStdin`. */
export type ProcessWriteStdinResponse = Readonly<Record<string, unknown>>;
