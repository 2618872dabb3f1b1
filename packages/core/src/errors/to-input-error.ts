import { InputError } from './input-error.js';

const SYSTEM_PROBLEMS: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'no such file'],
  ['ENOTDIR', 'a part of the path is not a folder'],
  ['EISDIR', 'it is a folder, not a file'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
]);

/** Describes an error of the system in words. Accepts any shape, because the error may come from another realm. */
export function toInputError(source: string, cause: unknown): InputError {
  const { code, message = String(cause) } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
  return new InputError(source, SYSTEM_PROBLEMS.get(code) ?? message, cause);
}
