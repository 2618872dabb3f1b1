import type { AnyRunRequest } from './types.js';

/** Names the command of a request. Returns a prompt without a request unchanged, for the validation to reject. */
export function withCommand<R extends object, C extends AnyRunRequest['command']>(
  request: R,
  command: C,
): R & { readonly command: C } {
  return typeof request === 'string' ? request : { ...request, command };
}
