import { isBefore, parseVersion } from './version-number.js';

/** Options of a request that some CLI versions since 0.44 do not support. */
export type VersionedOption =
  | 'enable'
  | 'disable'
  | 'images'
  | 'addDirs'
  | 'approvalsReviewer'
  | 'approveForMe'
  | 'cyberAccessProgram'
  | 'remote'
  | 'strictConfig'
  | 'threadSource'
  | 'trust'
  | 'worktree'
  | 'localProvider'
  | 'ephemeral'
  | 'ignoreUserConfig'
  | 'ignoreRules'
  | 'search'
  | 'session.last'
  | 'session.all'
  | 'fork'
  | 'review';

/** The first version in which each option was measured to work. */
const OPTION_VERSIONS = {
  enable: '0.47.0',
  disable: '0.47.0',
  // Earlier versions sent each image as a separate turn before the prompt.
  images: '0.75.0',
  addDirs: '0.75.0',
  localProvider: '0.75.0',
  ephemeral: '0.110.0',
  ignoreUserConfig: '0.125.0',
  ignoreRules: '0.125.0',
  search: '0.44.0',
  strictConfig: '0.144.0',
  approvalsReviewer: '0.144.0',
  approveForMe: '0.147.0',
  threadSource: '0.150.0',
  worktree: '0.159.0',
  cyberAccessProgram: '0.163.0',
  trust: '0.169.0',
  remote: '0.171.0',
  'session.last': '0.75.0',
  'session.all': '0.98.0',
  fork: '0.150.0',
  review: '0.75.0',
} as const satisfies Record<VersionedOption, string>;

/** The options that one version of the CLI supports. */
export interface CliCapabilities {
  /** The version; the newest known version if it is unknown. */
  readonly version: string;
  /** The first version with the option, if that is later than this version. */
  readonly missing: Readonly<Partial<Record<VersionedOption, string>>>;
  /** The setting that enables live web search (`--search` has no effect on `exec`). */
  readonly liveSearch: readonly [key: string, value: string | boolean];
}

/** The newest version that was measured. */
export const NEWEST_KNOWN_VERSION = '0.171.0';

/**
 * Returns the options that a version of the CLI supports, from a static table. An unknown version, or a version newer
 * than the table, counts as the newest known version.
 *
 * @param version `0.125.0`, or the output of `codex --version`: `codex-cli 0.125.0`
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
