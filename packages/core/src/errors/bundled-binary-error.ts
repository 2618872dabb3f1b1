import { CodexError } from '../events/codex-error.js';

/** The codes of a `BundledBinaryError`. */
export type BundledBinaryErrorCode =
  | 'BUNDLE_PLATFORM_EMPTY'
  | 'BUNDLE_VERSION_EMPTY'
  | 'BUNDLE_ROOT_UNREADABLE'
  | 'BUNDLE_ROOT_NOT_DIRECTORY'
  | 'BUNDLE_PLATFORM_UNREADABLE'
  | 'BUNDLE_PLATFORM_NOT_DIRECTORY'
  | 'BUNDLE_VERSION_UNREADABLE'
  | 'BUNDLE_VERSION_NOT_DIRECTORY'
  | 'BUNDLE_BINARY_UNREADABLE'
  | 'BUNDLE_BINARY_NOT_FILE'
  | 'BUNDLE_BINARY_NOT_EXECUTABLE'
  | 'BUNDLE_OUTSIDE_ROOT';

/**
 * A bundle does not contain the binary. The code names the first step that failed: the platform or the version is empty
 * (`…_EMPTY`); the root, a folder or the binary is missing or unreadable (`…_UNREADABLE`, see `cause`) or has the wrong
 * type (`…_NOT_DIRECTORY`, `…_NOT_FILE`, `…_NOT_EXECUTABLE`); or the binary lies outside the root, by `..` or by a link
 * (`BUNDLE_OUTSIDE_ROOT`).
 */
export class BundledBinaryError extends CodexError {
  /** Says what is wrong with the bundle. */
  readonly code: BundledBinaryErrorCode;
  /** The file or folder that failed; `undefined` if a name is empty. */
  readonly path: string | undefined;

  constructor(code: BundledBinaryErrorCode, path: string | undefined, problem: string, cause?: unknown) {
    super('BundledBinaryError', problem, { cause });
    this.code = code;
    this.path = path;
  }
}
