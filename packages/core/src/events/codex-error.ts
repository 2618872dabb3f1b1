import { printable } from '../util/printable.js';
import type { TurnResult } from './result/types.js';

/** Shared by every copy of the package: `instanceof` fails across copies, a registered symbol does not. */
const brand = Symbol.for('@codex-rx/error');

/**
 * Base of all errors of codex-rx: an `Error` with a stable `code` to switch on.
 *
 * Messages are prose and may change; codes and fields do not. No message contains a secret or a control character.
 */
export abstract class CodexError extends Error {
  /** A stable code to switch on. */
  abstract readonly code: string;
  /** Of an error of `runTurn$` and `turnResult()`: what is known of the turn. Not enumerable. */
  declare readonly result?: TurnResult | undefined;

  /** @param name the name of the class: minifiers change that of the constructor */
  protected constructor(name: string, message: string, options?: { cause?: unknown }) {
    const cause = options?.cause;
    super(printable(message), cause === undefined ? undefined : { cause });
    Object.defineProperty(this, brand, { value: true });
    // Not enumerable and not on the prototype: bundlers drop classes that are not used only without static code.
    Object.defineProperty(this, 'name', { value: name, writable: true, configurable: true });
    // The stack starts with the name. Some browsers do not have this function.
    (Error as Partial<typeof Error>).captureStackTrace?.(this, new.target);
  }
}

export function isBranded(value: unknown): value is CodexError {
  return value instanceof Object && (value as { [brand]?: unknown })[brand] === true;
}
