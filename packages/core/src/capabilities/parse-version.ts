import { checkString } from '../request/checks.js';
import { printable } from '../util/printable.js';

/** `custom`: a build from source (`0.0.0`), another pre-release, or a text without a version. */
export type ReleaseChannel = 'stable' | 'alpha' | 'beta' | 'nightly' | 'custom';

/** The answer of `codex --version`. */
export interface CliVersionInfo {
  /** The line with the version, trimmed: at most 200 characters, with control characters escaped. */
  readonly raw: string;
  /** Such as `0.171.0` or `0.172.0-alpha.3`. */
  readonly version: string | undefined;
  /** The release channel of the version. */
  readonly channel: ReleaseChannel;
  /** The commit that the text names. */
  readonly commit: string | undefined;
}

const MAX_RAW_CHARACTERS = 200;
const VERSION = /(?:^|[\s(])v?(\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[\w.-]+)?(?:\+[\w.-]+)?)(?=$|[\s),;])/;
/** A commit has a letter, so that a date is not taken for one, unless the text calls it a commit. */
const NAMED_COMMIT = /\bcommit[:\s]+g?([0-9a-f]{7,40})\b/i;
const COMMIT = /(?:^|[\s(])g?((?=[0-9]*[a-f])[0-9a-f]{7,40})(?=$|[\s),;])/i;

/**
 * Parses the output of `codex --version`. The last line with a version counts: warnings may precede it. A text without
 * a version has the channel that it names.
 *
 * @throws RequestError for a value that is not a string
 *
 * @example
 * ```ts
 * import { parseCliVersion } from '@codex-rx/core/capabilities';
 *
 * console.log(parseCliVersion('codex-cli 0.172.0-alpha.3\n').channel); // alpha
 * ```
 */
export function parseCliVersion(text: string): CliVersionInfo {
  checkString('text', text);
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const raw = lines.filter((line) => VERSION.test(line)).at(-1) ?? text.trim();
  const version = VERSION.exec(raw)?.[1];
  const commit = (NAMED_COMMIT.exec(raw) ?? COMMIT.exec(raw))?.[1];
  return { raw: printable(raw.slice(0, MAX_RAW_CHARACTERS)), version, channel: channelOf(version, raw), commit };
}

function channelOf(version: string | undefined, raw: string): ReleaseChannel {
  const prerelease = version === undefined ? raw : (/-([^+]*)/.exec(version)?.[1] ?? '');
  if (version !== undefined && prerelease === '') return /^0\.0\.0(?:\+|$)/.test(version) ? 'custom' : 'stable';
  const named = /alpha|beta|nightly/i.exec(prerelease)?.[0].toLowerCase();
  return named === undefined ? 'custom' : (named as ReleaseChannel);
}
