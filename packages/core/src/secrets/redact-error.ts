import { AbortError } from '../errors/index.js';
import { isBranded } from '../events/codex-error.js';
import { redactText } from './redact.js';

const MAX_DEPTH = 8;

/**
 * Removes secrets from an error of codex-rx: from its message, its stack, its fields and the errors that caused it.
 * Every error of a run or a command passes through this function on its way to the subscriber. Errors of the
 * application are returned unchanged, and so is the reason of an `AbortError`, which belongs to the application.
 */
export function redactError<E>(error: E, secrets: readonly string[]): E {
  if (isBranded(error) && !(error instanceof AbortError)) redactFields(error, secrets, MAX_DEPTH, new Set());
  return error;
}

function redactFields(value: object, secrets: readonly string[], depth: number, seen: Set<object>): void {
  if (depth === 0 || seen.has(value)) return;
  seen.add(value);
  for (const key of Reflect.ownKeys(value)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (descriptor === undefined || !('value' in descriptor)) {
      if (key === 'stack') redactStack(value, secrets);
      continue;
    }
    const field: unknown = descriptor.value;
    // The arguments of a failed spawn are in the printable command, redacted.
    if (key === 'spawnargs') Reflect.deleteProperty(value, key);
    else if (typeof field === 'string') replace(value, key, descriptor, redactText(field, secrets));
    else if (typeof field === 'object' && field !== null && !isOpaque(field))
      redactFields(field, secrets, depth - 1, seen);
  }
}

/** Node.js 21 and later define `stack` as an accessor on some errors. */
function redactStack(value: object, secrets: readonly string[]): void {
  const { stack } = value as { stack?: unknown };
  if (typeof stack === 'string')
    Object.defineProperty(value, 'stack', {
      value: redactText(stack, secrets),
      configurable: true,
      writable: true,
      enumerable: false,
    });
}

function replace(owner: object, key: PropertyKey, descriptor: PropertyDescriptor, text: string): void {
  if (text === descriptor.value || (descriptor.writable !== true && descriptor.configurable !== true)) return;
  Object.defineProperty(owner, key, { ...descriptor, value: text });
}

/** Objects without fields of text. */
function isOpaque(value: object): boolean {
  return value instanceof Date || ArrayBuffer.isView(value) || Object.isFrozen(value);
}
