import { catchError, type Observable, throwError } from 'rxjs';
import { isCodexError, RequestError } from '../../errors/index.js';
import { assertSupported } from '../../request/command-capabilities.js';
import { checkFeature } from '../../request/validate.js';
import type { CommandOptions } from '../command-options.js';
import { runCommand$ } from '../run-command.js';

/** The request of `enableFeature$` and `disableFeature$`. */
export interface FeatureRequest extends CommandOptions {
  /** The name of the feature. */
  readonly feature: string;
}

/** The result of `enableFeature$` and `disableFeature$`. */
export interface FeatureChange {
  /** The name of the feature. */
  readonly feature: string;
  /** Whether the feature is enabled now. */
  readonly enabled: boolean;
  /** The output of the CLI. */
  readonly text: string;
}

/**
 * Enables a feature in `config.toml` of the home; emits the change, once. For one run use `enable` of its request.
 *
 * Errors with `RequestError` (`REQUEST_INVALID`, field `feature`) for a name that this CLI does not know, and with
 * `CapabilityError` before CLI 0.98.
 *
 * @example
 * ```ts
 * import { enableFeature$ } from '@codex-rx/core/commands';
 *
 * enableFeature$({ feature: 'memories' }).subscribe(({ feature, enabled }) => console.log(feature, enabled));
 * ```
 */
export function enableFeature$(request: FeatureRequest): Observable<FeatureChange> {
  return setFeature$(request, true);
}

/**
 * Disables a feature in `config.toml` of the home; emits the change, once. For one run use `disable` of its request.
 *
 * Errors as `enableFeature$`.
 *
 * @example
 * ```ts
 * import { disableFeature$ } from '@codex-rx/core/commands';
 *
 * disableFeature$({ feature: 'memories' }).subscribe(({ feature, enabled }) => console.log(feature, enabled));
 * ```
 */
export function disableFeature$(request: FeatureRequest): Observable<FeatureChange> {
  return setFeature$(request, false);
}

function setFeature$(request: FeatureRequest, enabled: boolean): Observable<FeatureChange> {
  const { feature } = request;
  return runCommand$(
    request,
    async (cli) => {
      checkFeature('feature', feature);
      assertSupported(await cli.facts(), enabled ? 'enableFeature$' : 'disableFeature$');
      return { args: ['features', enabled ? 'enable' : 'disable', '--', feature] };
    },
    ({ stdout }) => ({ feature, enabled, text: stdout.trim() }),
  ).pipe(
    catchError((error: unknown) =>
      throwError(() =>
        isCodexError(error, 'EXIT') && /unknown feature flag/i.test(error.stderr)
          ? new RequestError('feature', `must be a feature of this CLI, got "${feature}". features$() lists them.`)
          : error,
      ),
    ),
  );
}
