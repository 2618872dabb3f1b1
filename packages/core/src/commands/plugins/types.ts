import * as t from 'io-ts';
import type { OpenString } from '../../events/items.js';
import { nullable, optional } from '../codecs.js';

/** Where a marketplace comes from. */
export interface MarketplaceSource {
  /** Whether the marketplace is a folder or a Git repository. */
  readonly sourceType: OpenString<'local' | 'git'>;
  /** A path, or an address. */
  readonly source: string;
}

/** A source of plugins. */
export interface Marketplace {
  /** The name of the marketplace. */
  readonly name: string;
  /** The folder of the marketplace. */
  readonly root: string;
  /** The origin of the marketplace. */
  readonly marketplaceSource?: MarketplaceSource | null | undefined;
}

/** A plugin, as the CLI writes it; fields that are not known here are kept. */
export interface Plugin {
  /** Such as `sample@debug`. */
  readonly pluginId: string;
  /** The name of the plugin. */
  readonly name: string;
  /** The marketplace of the plugin. */
  readonly marketplaceName: string;
  /** The version of the plugin. */
  readonly version?: string | null | undefined;
  /** Whether the plugin is installed. */
  readonly installed: boolean;
  /** Whether the CLI uses the plugin. */
  readonly enabled: boolean;
  /** The origin of the marketplace. */
  readonly marketplaceSource?: MarketplaceSource | null | undefined;
  /** Whether the plugin can be installed. */
  readonly installPolicy?: OpenString<'AVAILABLE' | 'INSTALLED_BY_DEFAULT' | 'NOT_AVAILABLE'> | null | undefined;
  /** When the plugin asks for a login. */
  readonly authPolicy?: OpenString<'ON_INSTALL' | 'ON_USE'> | null | undefined;
}

/** The result of `pluginList$`. */
export interface PluginList {
  /** The installed plugins. */
  readonly installed: readonly Plugin[];
  /** Not installed; empty unless `available` was set. */
  readonly available: readonly Plugin[];
}

/** The result of `pluginAdd$`. */
export interface InstalledPlugin {
  /** The id of the plugin. */
  readonly pluginId: string;
  /** The name of the plugin. */
  readonly name: string;
  /** The marketplace of the plugin. */
  readonly marketplaceName: string;
  /** The version of the plugin. */
  readonly version?: string | null | undefined;
  /** The folder of the plugin. */
  readonly installedPath: string;
}

/** The result of `pluginRemove$`. */
export interface RemovedPlugin {
  /** The id of the plugin. */
  readonly pluginId: string;
  /** The name of the plugin. */
  readonly name: string;
  /** The marketplace of the plugin. */
  readonly marketplaceName: string;
}

/** The result of `marketplaceAdd$`. */
export interface AddedMarketplace {
  /** The name of the marketplace. */
  readonly marketplaceName: string;
  /** The folder of the marketplace. */
  readonly installedRoot: string;
  /** Whether the marketplace existed before. */
  readonly alreadyAdded: boolean;
}

/** The result of `marketplaceRemove$`. */
export interface RemovedMarketplace {
  /** The name of the marketplace. */
  readonly marketplaceName: string;
  /** The snapshot that was removed; `null` for a local marketplace. */
  readonly installedRoot: string | null;
}

/** The result of `marketplaceUpgrade$`. */
export interface MarketplaceUpgrade {
  /** The marketplaces that were checked. */
  readonly selectedMarketplaces: readonly string[];
  /** The folders of the marketplaces that were upgraded. */
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
