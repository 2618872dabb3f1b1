import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { map, type Observable } from 'rxjs';
import { checkArgument, checkList } from '../../request/checks.js';
import { assertSupported } from '../../request/command-capabilities.js';
import { flagArgs, repeatedArgs } from '../../request/flag-args.js';
import type { CommandOptions } from '../command-options.js';
import { parseJson } from '../parse-json.js';
import { runCommand$ } from '../run-command.js';
import {
  type AddedMarketplace,
  addedMarketplaceCodec,
  type Marketplace,
  type MarketplaceUpgrade,
  marketplacesCodec,
  marketplaceUpgradeCodec,
  type RemovedMarketplace,
  removedMarketplaceCodec,
} from './types.js';

/** The request of `marketplaceAdd$`. */
export interface MarketplaceAddRequest extends CommandOptions {
  /** A local path (relative to the host's folder), `owner/repo[@ref]`, or the address of a Git repository. */
  readonly source: string;
  /** The Git ref to fetch. */
  readonly ref?: string | undefined;
  /** Paths of a sparse checkout. */
  readonly sparse?: readonly string[] | undefined;
}

/** The request of a command on one marketplace. */
export interface MarketplaceRequest extends CommandOptions {
  /** The name of the marketplace. */
  readonly name: string;
}

/** The request of `marketplaceUpgrade$`. */
export interface MarketplaceUpgradeOptions extends CommandOptions {
  /** Default: all Git marketplaces. */
  readonly name?: string | undefined;
}

/**
 * Emits the configured marketplaces of plugins, once.
 *
 * Errors with `CommandParseError` (`COMMAND_PARSE`), and with `CapabilityError` before CLI 0.150.
 *
 * @example
 * ```ts no-run
 * import { marketplaceList$ } from '@codex-rx/core/commands';
 *
 * marketplaceList$().subscribe((marketplaces) => console.log(marketplaces.map(({ name }) => name)));
 * ```
 */
export function marketplaceList$(options: CommandOptions = {}): Observable<readonly Marketplace[]> {
  return runCommand$(
    options,
    async (cli) => {
      assertSupported(await cli.facts(), 'plugins');
      return { args: ['plugin', 'marketplace', 'list', '--json'] };
    },
    (output) => parseJson(output, marketplacesCodec),
  ).pipe(map(({ marketplaces }) => marketplaces));
}

/**
 * Adds a local or Git marketplace to the configuration; emits it, once.
 *
 * Errors with `ExitError` (`EXIT`) if it cannot be read, and with `CapabilityError` before CLI 0.150.
 *
 * @example
 * ```ts no-run
 * import { marketplaceAdd$ } from '@codex-rx/core/commands';
 *
 * marketplaceAdd$({ source: 'owner/repo', ref: 'main' }).subscribe(({ installedRoot }) => console.log(installedRoot));
 * ```
 */
export function marketplaceAdd$(request: MarketplaceAddRequest): Observable<AddedMarketplace> {
  const { source, ref, sparse = [] } = request;
  return runCommand$(
    request,
    async (cli) => {
      checkArgument('source', source);
      if (ref !== undefined) checkArgument('ref', ref);
      checkList('sparse', sparse, checkArgument);
      assertSupported(await cli.facts(), 'plugins');
      const flags = [...flagArgs('--ref', ref), ...repeatedArgs('--sparse', sparse)];
      // The CLI may run in another folder.
      const place = existsSync(source) ? resolve(source) : source;
      return { args: ['plugin', 'marketplace', 'add', '--json', ...flags, '--', place] };
    },
    (output) => parseJson(output, addedMarketplaceCodec),
  );
}

/**
 * Removes a marketplace from the configuration; emits it, once. Errors as `marketplaceAdd$`.
 *
 * @example
 * ```ts no-run
 * import { marketplaceRemove$ } from '@codex-rx/core/commands';
 *
 * marketplaceRemove$({ name: 'debug' }).subscribe(({ marketplaceName }) => console.log(marketplaceName));
 * ```
 */
export function marketplaceRemove$(request: MarketplaceRequest): Observable<RemovedMarketplace> {
  const { name } = request;
  return runCommand$(
    request,
    async (cli) => {
      checkArgument('name', name);
      assertSupported(await cli.facts(), 'plugins');
      return { args: ['plugin', 'marketplace', 'remove', '--json', '--', name] };
    },
    (output) => parseJson(output, removedMarketplaceCodec),
  );
}

/**
 * Fetches Git marketplaces again; emits the result, once. Errors as `marketplaceAdd$`.
 *
 * @example
 * ```ts no-run
 * import { marketplaceUpgrade$ } from '@codex-rx/core/commands';
 *
 * marketplaceUpgrade$().subscribe(({ upgradedRoots, errors }) => console.log(upgradedRoots, errors));
 * ```
 */
export function marketplaceUpgrade$(options: MarketplaceUpgradeOptions = {}): Observable<MarketplaceUpgrade> {
  const { name } = options;
  return runCommand$(
    options,
    async (cli) => {
      if (name !== undefined) checkArgument('name', name);
      assertSupported(await cli.facts(), 'plugins');
      return { args: ['plugin', 'marketplace', 'upgrade', '--json', ...(name === undefined ? [] : ['--', name])] };
    },
    (output) => parseJson(output, marketplaceUpgradeCodec),
  );
}
