import type { DecodeError } from '../events/decode-error.js';
import { isBranded } from '../util/codex-error.js';
import type { BundledBinaryError } from './bundled-binary-error.js';
import type { CommandParseError } from './command-errors.js';
import type { InputError } from './input-error.js';
import type { BinaryNotFoundError, HomeError, OutputError, SpawnError } from './process-errors.js';
import type { CapabilityError, RequestError } from './request-error.js';
import type { ExitError, SessionError, TurnFailedError } from './run-errors.js';
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
  | BundledBinaryError;

export type CodexErrorCode = AnyCodexError['code'];

/**
 * Returns whether a value is an error of codex-rx, and has the code if one is given. Works across copies of the
 * package, where `instanceof` does not.
 *
 * @example
 * ```ts
 * import { isCodexError } from '@codex-rx/core';
 *
 * const describe = (error: unknown): string =>
 *   isCodexError(error, 'TURN_FAILED') ? `failed (${error.category})` : String(error);
 * ```
 */
export function isCodexError(error: unknown): error is AnyCodexError;
export function isCodexError<C extends CodexErrorCode>(
  error: unknown,
  code: C,
): error is AnyCodexError extends infer E ? (E extends { code: infer K } ? (C extends K ? E : never) : never) : never;
export function isCodexError(error: unknown, code?: string): boolean {
  return isBranded(error) && (code === undefined || error.code === code);
}
