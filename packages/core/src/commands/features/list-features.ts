import type { Observable } from 'rxjs';
import { CommandParseError } from '../../errors/index.js';
import { assertSupported } from '../../request/command-capabilities.js';
import type { CommandOptions } from '../command-options.js';
import { runCommand$ } from '../run-command.js';
import { parseFeatures } from './parse-features.js';
import type { Feature } from './types.js';

/**
 * Emits the features of this CLI and whether they are enabled, once.
 *
 * Errors with `CapabilityError` (`CAPABILITY_UNSUPPORTED`) before CLI 0.47, and with `CommandParseError`
 * (`COMMAND_PARSE`) if no row can be parsed.
 *
 * @example
 * ```ts
 * import { features$ } from '@codex-rx/core/commands';
 *
 * features$().subscribe({
 *   next: (features) => console.log(features.filter((feature) => feature.enabled).map((feature) => feature.name)),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function features$(options: CommandOptions = {}): Observable<readonly Feature[]> {
  return runCommand$(
    options,
    async (cli) => {
      assertSupported(await cli.facts(), 'features$');
      return { args: ['features', 'list'] };
    },
    ({ stdout, command }): readonly Feature[] => {
      const features = parseFeatures(stdout);
      if (features.length === 0) throw new CommandParseError(command, 'it holds no row of a feature.', stdout);
      return features;
    },
  );
}
