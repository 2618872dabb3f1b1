import { RequestError } from '@codex-rx/core/errors';

/** @throws RequestError if a required function is missing */
export function checkFunction(field: string, value: unknown): void {
  if (typeof value !== 'function') throw new RequestError(field, `must be a function, got ${typeof value}.`);
}
