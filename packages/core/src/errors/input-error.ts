import { CodexError } from '../events/codex-error.js';

/**
 * A file or stream cannot be opened or read: a missing file, a folder, no permission, a broken stream. Code
 * `INPUT_FAILED`; `cause` is the error of the system or of the stream.
 */
export class InputError extends CodexError {
  /** Always `INPUT_FAILED`. */
  readonly code = 'INPUT_FAILED';
  /** The path of the file, `stream` or `iterable`. */
  readonly source: string;

  constructor(source: string, problem: string, cause?: unknown) {
    super('InputError', `Cannot read ${source}: ${problem}`, { cause });
    this.source = source;
  }
}
