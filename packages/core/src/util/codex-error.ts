import { printable } from './printable.js';

/** Shared by every copy of the package: `instanceof` fails across copies, a registered symbol does not. */
const brand = Symbol.for('@codex-rx/error');

/**
 * Base of all errors of codex-rx: an `Error` with a stable `code` to switch on.
 *
 * Messages are prose and may change; codes and fields do not. No message contains a secret or a control character.
 *
 * Subclasses define `name` by an accessor: minifiers keep it, and bundlers can drop a class that is not used.
 */
export abstract class CodexError extends Error {
  abstract readonly code: string;

  protected constructor(message: string, options?: { cause?: unknown }) {
    const cause = options?.cause;
    super(printable(message), cause === undefined ? undefined : { cause });
    Object.defineProperty(this, brand, { value: true });
  }
}

export function isBranded(value: unknown): value is CodexError {
  return value instanceof Object && (value as { [brand]?: unknown })[brand] === true;
}
