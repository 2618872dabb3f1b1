import { CodexError, nameError } from '../errors/base.js';

/**
 * What was to be read cannot be opened, or fails while it is read: a missing file, a folder, no permission, a broken stream. Code
 * `INPUT_FAILED`; `cause` is the error of the system or of the stream.
 */
export class InputError extends CodexError {
  readonly code = 'INPUT_FAILED';
  /** The path of the file, or `stream` or `iterable`. */
  readonly source: string;

  constructor(source: string, problem: string, cause?: unknown) {
    super(`Cannot read ${source}: ${problem}`, { cause });
    this.source = source;
  }
}
nameError(InputError, 'InputError');

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
};

/** Says in words what the system says in a code. By shape: errors of the system may come from another realm. */
export function inputError(source: string, cause: unknown): InputError {
  const { code, message = String(cause) } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
  return new InputError(source, (code === undefined ? undefined : problems[code]) ?? message, cause);
}
