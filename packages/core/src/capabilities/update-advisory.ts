import { checkString, checkTable, describeValue } from '../request/checks.js';
import { assertKnownOptions } from '../request/known-options.js';
import { compareVersions, isVersion } from './compare-versions.js';
import type { ReleaseChannel } from './parse-version.js';
import type { Capabilities } from './types.js';

/** The newest release of each channel. The caller finds them: this package never uses the network. */
export interface CodexLatestReleases {
  /** The latest stable release. */
  readonly stable?: string | undefined;
  /** The latest alpha release. */
  readonly alpha?: string | undefined;
  /** The latest beta release. */
  readonly beta?: string | undefined;
  /** The latest nightly release. */
  readonly nightly?: string | undefined;
}

/** A release of the CLI. */
export interface CodexRelease {
  /** The channel of the release. */
  readonly channel: ReleaseChannel;
  /** The version of the release. */
  readonly version: string;
}

/** The relation of the installed release to the latest one. */
export type UpdateStatus =
  | 'up-to-date'
  | 'update-recommended'
  | 'local-newer-than-known'
  | 'unknown-local-version'
  | 'unknown-latest-version';

/** Whether there is a newer CLI. */
export interface UpdateAdvisory {
  /** Whether an update is advised. */
  readonly status: UpdateStatus;
  /** Also `true` if the local version is unknown and a release is known. */
  readonly isUpdateRecommended: boolean;
  /** The installed release, if its version could be read. */
  readonly local: CodexRelease | undefined;
  /** The latest release of the channel, if it is known. */
  readonly latest: CodexRelease | undefined;
  /** The channel whose release was compared. */
  readonly channel: ReleaseChannel;
  /** Sentences that explain the status. */
  readonly notes: readonly string[];
}

const FALLBACKS = ['stable', 'beta', 'nightly', 'alpha'] as const;

/**
 * Compares the version of a CLI with the newest releases. Compares with the release of the local channel, otherwise
 * with that of `stable`, `beta`, `nightly` or `alpha`, the first that is known.
 *
 * @param capabilities of the CLI; only its version is read
 * @throws RangeError for a release that is not a version
 * @throws RequestError for an invalid argument
 *
 * @example
 * ```ts
 * import { parseCliVersion, updateAdvisory } from '@codex-rx/core/capabilities';
 *
 * const version = parseCliVersion('codex-cli 0.169.0');
 * console.log(updateAdvisory({ version }, { stable: '0.171.0' }).status); // update-recommended
 * ```
 */
export function updateAdvisory(
  capabilities: Pick<Capabilities, 'version'>,
  releases: CodexLatestReleases,
): UpdateAdvisory {
  checkTable('capabilities', capabilities);
  checkReleases(releases);
  const { version, channel: own = 'stable' } = capabilities.version ?? {};
  // The version of capabilities that were edited by hand may be any text.
  const local = version === undefined || !isVersion(version) ? undefined : { channel: own, version };
  const preferred = local === undefined ? 'stable' : own;
  const latest = findRelease(releases, preferred);
  const channel = latest?.channel ?? preferred;
  const { status, note } = compare(local, latest);
  const fallback =
    channel === preferred ? [] : [`No ${preferred} release is known; compared with the ${channel} release.`];
  return {
    status,
    isUpdateRecommended: status === 'update-recommended' || status === 'unknown-local-version',
    local,
    latest,
    channel,
    notes: [...fallback, note],
  };
}

function checkReleases(releases: CodexLatestReleases): void {
  checkTable('releases', releases);
  const values = Object.fromEntries(Object.entries(releases).map(([channel, value]) => [`releases.${channel}`, value]));
  assertKnownOptions(
    values,
    FALLBACKS.map((channel) => `releases.${channel}`),
  );
  for (const [field, value] of Object.entries(values)) {
    if (value === undefined) continue;
    checkString(field, value);
    if (!isVersion(value)) throw new RangeError(`${field}: ${describeValue(value)} is not a version, such as 0.171.0.`);
  }
}

function findRelease(releases: CodexLatestReleases, preferred: ReleaseChannel): CodexRelease | undefined {
  const channels = preferred === 'custom' ? FALLBACKS : [preferred, ...FALLBACKS];
  for (const channel of channels) {
    const version = releases[channel];
    if (version !== undefined) return { channel, version: version.trim() };
  }
  return undefined;
}

function compare(
  local: CodexRelease | undefined,
  latest: CodexRelease | undefined,
): { readonly status: UpdateStatus; readonly note: string } {
  if (latest === undefined)
    return { status: 'unknown-latest-version', note: 'No release is known, so there is no advice.' };
  if (local === undefined)
    return {
      status: 'unknown-local-version',
      note: `The local version could not be parsed; the newest ${latest.channel} release is ${latest.version}.`,
    };
  const order = compareVersions(local.version, latest.version);
  if (order < 0)
    return { status: 'update-recommended', note: `${local.version} is older than ${latest.version}. Update the CLI.` };
  return order > 0
    ? { status: 'local-newer-than-known', note: `${local.version} is newer than the known ${latest.version}.` }
    : { status: 'up-to-date', note: `${local.version} is the newest ${latest.channel} release.` };
}
