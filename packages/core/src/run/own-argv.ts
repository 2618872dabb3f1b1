import type { AnyRunRequest } from '../request/types.js';

/** The files that a run has written for its arguments. */
export interface ArgvPaths {
  readonly outputSchemaPath: string | undefined;
}

/** Names the arguments of a request that calls the CLI as another client does. Not an option: not public. */
const OWN_ARGV: unique symbol = Symbol('ownArgv');

type OwnArgv = (paths: ArgvPaths) => readonly string[];

export function withOwnArgv(request: AnyRunRequest, argv: OwnArgv): AnyRunRequest {
  return Object.assign({ ...request }, { [OWN_ARGV]: argv });
}

export function ownArgv(request: AnyRunRequest): OwnArgv | undefined {
  return (request as { readonly [OWN_ARGV]?: OwnArgv })[OWN_ARGV];
}
