import { isBefore, parseVersion } from './version-number.js';

/** Options of a request that not every CLI since 0.44 has. */
export type VersionedOption =
  | 'enable'
  | 'disable'
  | 'images'
  | 'addDirs'
  | 'localProvider'
  | 'ephemeral'
  | 'ignoreUserConfig'
  | 'ignoreRules'
  | 'search'
  | 'session.last'
  | 'session.all'
  | 'fork'
  | 'review';

/** The first version in which each was seen to work. */
const OPTION_VERSIONS = {
  enable: '0.47.0',
  disable: '0.47.0',
  // Before, the CLI sent each image as a turn of its own, ahead of the prompt.
  images: '0.75.0',
  addDirs: '0.75.0',
  localProvider: '0.75.0',
  ephemeral: '0.110.0',
  ignoreUserConfig: '0.125.0',
  ignoreRules: '0.125.0',
  search: '0.44.0',
  'session.last': '0.75.0',
  'session.all': '0.98.0',
  fork: '0.150.0',
  review: '0.75.0',
} as const satisfies Record<VersionedOption, string>;

/** What one version of the CLI knows. */
export interface CliCapabilities {
  /** As it was given; the newest known one if none was, or if it is not a version. */
  readonly version: string;
  /** First version with the option, if it is later than this one: `undefined` means that this version has it. */
  readonly missing: Readonly<Partial<Record<VersionedOption, string>>>;
  /** The setting that switches live web search on (`--search` has no effect on `exec`). */
  readonly liveSearch: readonly [key: string, value: string | boolean];
}

/** Of which all is known. */
export const NEWEST_KNOWN_VERSION = '0.169.0';

/**
 * What the CLI of that version knows, from a static table. An unknown version, or one newer than the table, counts as the newest.
 *
 * @param version `0.125.0`, also as the CLI prints it: `codex-cli 0.125.0`
 */
export function cliCapabilities(version: string | undefined): CliCapabilities {
  const parsed = version === undefined ? undefined : parseVersion(version);
  const known = parsed ?? parseVersion(NEWEST_KNOWN_VERSION) ?? [0, 0, 0];
  const missing: Partial<Record<VersionedOption, string>> = {};
  for (const [option, since] of Object.entries(OPTION_VERSIONS) as [VersionedOption, string][]) {
    if (isBefore(known, since)) missing[option] = since;
  }
  return {
    version: parsed === undefined ? NEWEST_KNOWN_VERSION : parsed.join('.'),
    missing,
    liveSearch: isBefore(known, '0.98.0') ? ['tools.web_search', true] : ['web_search', 'live'],
  };
}
