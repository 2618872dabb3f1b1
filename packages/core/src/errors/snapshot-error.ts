import { CodexError } from '../events/codex-error.js';

/**
 * `SNAPSHOT_FORMAT`: the name of the file ends neither in `.json` nor in `.toml`. `SNAPSHOT_DECODE`: the content is not
 * JSON or TOML, or has another shape.
 */
export type SnapshotErrorCode = 'SNAPSHOT_FORMAT' | 'SNAPSHOT_READ' | 'SNAPSHOT_WRITE' | 'SNAPSHOT_DECODE';

/** Stored capabilities cannot be read or written. */
export class SnapshotError extends CodexError {
  readonly code: SnapshotErrorCode;
  /** The file; `undefined` for a text. */
  readonly path: string | undefined;

  constructor(code: SnapshotErrorCode, path: string | undefined, problem: string, cause?: unknown) {
    super('SnapshotError', path === undefined ? problem : `${path}: ${problem}`, { cause });
    this.code = code;
    this.path = path;
  }
}
