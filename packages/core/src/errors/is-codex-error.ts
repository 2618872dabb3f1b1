import { isBranded } from '../events/codex-error.js';
import type { DecodeError } from '../events/decode-error.js';
import type { BundledBinaryError } from './bundled-binary-error.js';
import type { CommandParseError } from './command-errors.js';
import type { InputError } from './input-error.js';
import type { BinaryNotFoundError, HomeError, OutputError, SpawnError } from './process-errors.js';
import type { CapabilityError, RequestError } from './request-error.js';
import type { RpcError } from './rpc-error.js';
import type { ExitError, SessionError, TurnFailedError } from './run-errors.js';
import type { SnapshotError } from './snapshot-error.js';
import type { AbortError, IdleTimeoutError, RunTimeoutError } from './stop-errors.js';

/** Union of all errors of codex-rx. */
export type AnyCodexError =
  | RequestError
  | CapabilityError
  | BinaryNotFoundError
  | SpawnError
  | HomeError
  | OutputError
  | TurnFailedError
  | ExitError
  | SessionError
  | RunTimeoutError
  | IdleTimeoutError
  | AbortError
  | DecodeError
  | InputError
  | CommandParseError
  | BundledBinaryError
  | RpcError
  | SnapshotError;

/** The codes of all errors of codex-rx. */
export type CodexErrorCode = AnyCodexError['code'];

/** The error classes with one of these codes. */
type ErrorWithCode<C> = AnyCodexError extends infer E
  ? E extends { code: infer K }
    ? Extract<C, K> extends never
      ? never
      : E
    : never
  : never;

/**
 * Returns whether a value is an error of codex-rx, with one of the codes if any are given. Works across copies of the
 * package, where `instanceof` does not.
 *
 * @example
 * ```ts
 * import { isCodexError } from '@codex-rx/core';
 *
 * const describe = (error: unknown): string =>
 *   isCodexError(error, 'TURN_FAILED', 'EXIT') ? `failed (${error.category})` : String(error);
 * ```
 *
 * @param error any value
 * @param codes the codes to accept; without any, every error of codex-rx is accepted
 */
export function isCodexError(error: unknown): error is AnyCodexError;
export function isCodexError<C extends CodexErrorCode>(
  error: unknown,
  ...codes: readonly [C, ...C[]]
): error is ErrorWithCode<C>;
export function isCodexError(error: unknown, ...codes: readonly string[]): boolean {
  return isBranded(error) && (codes.length === 0 || codes.includes(error.code));
}
