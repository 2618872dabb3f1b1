import type { Observable } from 'rxjs';
import { checkArgument } from '../../request/checks.js';
import { assertSupported } from '../../request/command-capabilities.js';
import { flagArgs } from '../../request/flag-args.js';
import type { CommandOptions } from '../command-options.js';
import type { Invoke } from '../invocation.js';
import { parseJson } from '../parse-json.js';
import { runCommand$ } from '../run-command.js';
import {
  type InstalledPlugin,
  installedPluginCodec,
  type PluginList,
  pluginListCodec,
  type RemovedPlugin,
  removedPluginCodec,
} from './types.js';

/** The request of `pluginList$`. */
export interface PluginListOptions extends CommandOptions {
  /** Lists the plugins of one marketplace. */
  readonly marketplace?: string | undefined;
  /** Also lists plugins that are not installed. Default false. */
  readonly available?: boolean | undefined;
}

/** The request of a command on one plugin. */
export interface PluginRequest extends CommandOptions {
  /** `name@marketplace`, or a name with `marketplace`. */
  readonly plugin: string;
  /** The marketplace of the plugin. */
  readonly marketplace?: string | undefined;
}

/**
 * Emits the installed plugins, and with `available` those that can be installed, once.
 *
 * Errors with `CommandParseError` (`COMMAND_PARSE`), and with `CapabilityError` before CLI 0.150.
 *
 * @example
 * ```ts no-run
 * import { pluginList$ } from '@codex-rx/core/commands';
 *
 * pluginList$({ available: true }).subscribe(({ installed, available }) => console.log(installed, available));
 * ```
 */
export function pluginList$(options: PluginListOptions = {}): Observable<PluginList> {
  const { marketplace, available } = options;
  return runCommand$(
    options,
    async (cli) => {
      if (marketplace !== undefined) checkArgument('marketplace', marketplace);
      assertSupported(await cli.facts(), 'plugins');
      const flags = [...flagArgs('--marketplace', marketplace), ...(available === true ? ['--available'] : [])];
      return { args: ['plugin', 'list', '--json', ...flags] };
    },
    (output) => parseJson(output, pluginListCodec),
  );
}

/**
 * Installs a plugin; emits where, once.
 *
 * **A plugin can start programs outside of the sandbox.** Errors with `ExitError` (`EXIT`) for an unknown plugin, and
 * with `CapabilityError` before CLI 0.150.
 *
 * @example
 * ```ts no-run
 * import { pluginAdd$ } from '@codex-rx/core/commands';
 *
 * pluginAdd$({ plugin: 'sample@debug' }).subscribe(({ installedPath }) => console.log(installedPath));
 * ```
 */
export function pluginAdd$(request: PluginRequest): Observable<InstalledPlugin> {
  return runCommand$(request, pluginInvocation('add', request), (output) => parseJson(output, installedPluginCodec));
}

/**
 * Removes a plugin and its files; emits its name, once. Errors as `pluginAdd$`.
 *
 * @example
 * ```ts no-run
 * import { pluginRemove$ } from '@codex-rx/core/commands';
 *
 * pluginRemove$({ plugin: 'sample@debug' }).subscribe(({ pluginId }) => console.log(pluginId));
 * ```
 */
export function pluginRemove$(request: PluginRequest): Observable<RemovedPlugin> {
  return runCommand$(request, pluginInvocation('remove', request), (output) => parseJson(output, removedPluginCodec));
}

function pluginInvocation(command: 'add' | 'remove', { plugin, marketplace }: PluginRequest): Invoke {
  return async (cli) => {
    checkArgument('plugin', plugin);
    if (marketplace !== undefined) checkArgument('marketplace', marketplace);
    assertSupported(await cli.facts(), 'plugins');
    return { args: ['plugin', command, '--json', ...flagArgs('--marketplace', marketplace), '--', plugin] };
  };
}
