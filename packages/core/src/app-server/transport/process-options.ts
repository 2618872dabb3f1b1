import type { CodexOptions } from '../../request/types.js';

/** Options of the process of an app-server. All threads of the server share them. */
export interface ProcessOptions
  extends Pick<
    CodexOptions,
    | 'binary'
    | 'codexHome'
    | 'createHomeDirs'
    | 'env'
    | 'inheritEnv'
    | 'config'
    | 'configOverrides'
    | 'enable'
    | 'disable'
    | 'terminateGrace'
    | 'maxLineBytes'
    | 'model'
  > {
  /** Closes the server; open Observables error with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
  /** Let the server send analytics unless its configuration says otherwise. Default `false`. */
  readonly analytics?: boolean | undefined;
}
