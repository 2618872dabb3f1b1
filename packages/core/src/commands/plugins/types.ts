import * as t from 'io-ts';
import type { OpenString } from '../../events/items.js';
import { nullable, optional } from '../codecs.js';

/** Where a marketplace comes from. */
export interface MarketplaceSource {
  readonly sourceType: OpenString<'local' | 'git'>;
  /** A path, or an address. */
  readonly source: string;
}

export interface Marketplace {
  readonly name: string;
  readonly root: string;
  readonly marketplaceSource?: MarketplaceSource | null | undefined;
}

/** A plugin, as the CLI writes it; fields that are not known here are kept. */
export interface Plugin {
  /** Such as `sample@debug`. */
  readonly pluginId: string;
  readonly name: string;
  readonly marketplaceName: string;
  readonly version?: string | null | undefined;
  readonly installed: boolean;
  readonly enabled: boolean;
  readonly marketplaceSource?: MarketplaceSource | null | undefined;
  readonly installPolicy?: OpenString<'AVAILABLE' | 'INSTALLED_BY_DEFAULT' | 'NOT_AVAILABLE'> | null | undefined;
  readonly authPolicy?: OpenString<'ON_INSTALL' | 'ON_USE'> | null | undefined;
}

export interface PluginList {
  readonly installed: readonly Plugin[];
  /** Not installed; empty unless `available` was set. */
  readonly available: readonly Plugin[];
}

export interface InstalledPlugin {
  readonly pluginId: string;
  readonly name: string;
  readonly marketplaceName: string;
  readonly version?: string | null | undefined;
  readonly installedPath: string;
}

export interface RemovedPlugin {
  readonly pluginId: string;
  readonly name: string;
  readonly marketplaceName: string;
}

export interface AddedMarketplace {
  readonly marketplaceName: string;
  readonly installedRoot: string;
  readonly alreadyAdded: boolean;
}

export interface RemovedMarketplace {
  readonly marketplaceName: string;
  /** The snapshot that was removed; `null` for a local marketplace. */
  readonly installedRoot: string | null;
}

export interface MarketplaceUpgrade {
  readonly selectedMarketplaces: readonly string[];
  readonly upgradedRoots: readonly string[];
  /** Marketplaces that could not be upgraded, as the CLI reports them. */
  readonly errors: readonly unknown[];
}

const source = t.type({ sourceType: t.string, source: t.string });

export const marketplacesCodec: t.Type<{ readonly marketplaces: readonly Marketplace[] }> = t.type({
  marketplaces: t.readonlyArray(
    t.intersection([t.type({ name: t.string, root: t.string }), t.partial({ marketplaceSource: optional(source) })]),
  ),
});

const plugin: t.Type<Plugin> = t.intersection([
  t.type({
    pluginId: t.string,
    name: t.string,
    marketplaceName: t.string,
    installed: t.boolean,
    enabled: t.boolean,
  }),
  t.partial({
    version: optional(t.string),
    marketplaceSource: optional(source),
    installPolicy: optional(t.string),
    authPolicy: optional(t.string),
  }),
]);

export const pluginListCodec: t.Type<PluginList> = t.type({
  installed: t.readonlyArray(plugin),
  available: t.readonlyArray(plugin),
});

export const installedPluginCodec: t.Type<InstalledPlugin> = t.intersection([
  t.type({ pluginId: t.string, name: t.string, marketplaceName: t.string, installedPath: t.string }),
  t.partial({ version: optional(t.string) }),
]);

export const removedPluginCodec: t.Type<RemovedPlugin> = t.type({
  pluginId: t.string,
  name: t.string,
  marketplaceName: t.string,
});

export const addedMarketplaceCodec: t.Type<AddedMarketplace> = t.type({
  marketplaceName: t.string,
  installedRoot: t.string,
  alreadyAdded: t.boolean,
});

export const removedMarketplaceCodec: t.Type<RemovedMarketplace> = t.type({
  marketplaceName: t.string,
  installedRoot: nullable(t.string),
});

export const marketplaceUpgradeCodec: t.Type<MarketplaceUpgrade> = t.type({
  selectedMarketplaces: t.readonlyArray(t.string),
  upgradedRoots: t.readonlyArray(t.string),
  errors: t.readonlyArray(t.unknown),
});
