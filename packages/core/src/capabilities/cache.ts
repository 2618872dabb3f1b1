import { statSync } from 'node:fs';
import { join } from 'node:path';
import { binaryFingerprint } from '../binary/binary-fingerprint.js';
import { forgetSurface, rememberSurface } from '../binary/probed-surfaces.js';
import { resolveBinary } from '../binary/resolve.js';
import type { CommandOptions } from '../commands/command-options.js';
import { resolveHome } from '../home/resolve-home.js';
import { checkTable } from '../request/checks.js';
import type { Capabilities } from './types.js';

/** The options that select an entry: the binary, and the settings that its list of features depends on. */
export type CacheOptions = Pick<
  CommandOptions,
  | 'binary'
  | 'codexHome'
  | 'env'
  | 'inheritEnv'
  | 'workingDirectory'
  | 'config'
  | 'configOverrides'
  | 'enable'
  | 'disable'
>;

/** The capabilities that were probed in this process, by the real path of the binary, its home and its settings. */
export interface CapabilityCache {
  /** All entries, also those of binaries that have changed since. */
  entries(): readonly Capabilities[];
  /** The entry of a binary. May be out of date: see `capabilitySnapshotMatchesBinary`. */
  get(options?: CacheOptions): Capabilities | undefined;
  /** Removes the entry of a binary. Returns whether it existed. */
  delete(options?: CacheOptions): boolean;
  /** Removes all entries. */
  clear(): void;
}

/** With the state of `config.toml`, on which the list of features depends. */
const probed = new Map<string, { readonly config: string; readonly capabilities: Capabilities }>();

/**
 * The cache of `probeCapabilities$`. Overrides are never stored.
 *
 * @example
 * ```ts
 * import { capabilityCache } from '@codex-rx/core/capabilities';
 *
 * capabilityCache.clear();
 * console.log(capabilityCache.entries().length); // 0
 * ```
 */
export const capabilityCache: CapabilityCache = {
  entries: () => [...probed.values()].map(({ capabilities }) => capabilities),
  get: (options = {}) => {
    checkTable('options', options);
    const entry = probed.get(cacheKey(options));
    return entry?.config === configState(options) ? entry.capabilities : undefined;
  },
  delete: (options = {}) => {
    checkTable('options', options);
    forgetSurface(realPath(options));
    return probed.delete(cacheKey(options));
  },
  clear: () => {
    forgetSurface();
    probed.clear();
  },
};

/** Identifies the content of the home's `config.toml` without reading it. */
export function configState(options: CacheOptions): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(join(resolveHome(options).root, 'config.toml'), { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join();
  } catch {
    return '';
  }
}

/**
 * Stores capabilities, unless a step timed out or the CLI did not print a version: the next probe may find more. Runs
 * use them from now on.
 *
 * @param config the state of `config.toml` before the probe
 */
export function storeCapabilities(options: CacheOptions, capabilities: Capabilities, config: string): void {
  const { fingerprint, plan, version, commands } = capabilities;
  if (fingerprint === undefined || version?.version === undefined) return;
  if (plan.some(({ outcome }) => outcome === 'timeout')) return;
  probed.set(cacheKey(options, fingerprint.path), { config, capabilities });
  if (commands !== undefined) rememberSurface(fingerprint, { version, commands });
}

function cacheKey(options: CacheOptions, path = realPath(options)): string {
  const { config, configOverrides, enable, disable } = options;
  return JSON.stringify([path, resolveHome(options).root, config, configOverrides, enable, disable]);
}

function realPath(options: CacheOptions): string {
  const binary = resolveBinary(options);
  return binaryFingerprint(binary)?.path ?? binary;
}
