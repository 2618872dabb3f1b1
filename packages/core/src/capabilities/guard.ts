import { RequestError } from '../errors/index.js';
import { checkSurface } from '../request/check-surface.js';
import { checkArgument, describeValue } from '../request/checks.js';
import { type CliSurface, findOverride, hasInSurface } from '../request/cli-surface.js';
import { type CapabilityFeature, featureWords } from './capability-features.js';
import { cliFacts, measuredVersion } from './cli-facts.js';
import type { Capabilities } from './types.js';

/** Whether a CLI supports a feature; `unknown` if it could not be determined. */
export type CapabilitySupport = 'supported' | 'unsupported' | 'unknown';

/** Whether a CLI has a capability, and how this was found. */
export interface CapabilityGuard {
  /** The feature that was asked for. */
  readonly feature: CapabilityFeature;
  /** Whether the CLI supports the feature. */
  readonly support: CapabilitySupport;
  /** Sentences with the reason. */
  readonly notes: readonly string[];
}

/**
 * Returns whether a CLI has a capability. An override counts first, then the commands that the CLI reported, then the
 * table of {@link cliFacts}. Otherwise `unknown`.
 *
 * @param capabilities of the CLI, such as the value of `probeCapabilities$`
 * @param feature a name, or a command with or without a flag, such as `exec --add-dir`
 * @throws RequestError for an invalid argument
 *
 * @example
 * ```ts
 * import { guard, probeCapabilities$ } from '@codex-rx/core/capabilities';
 *
 * probeCapabilities$().subscribe((capabilities) => console.log(guard(capabilities, 'exec-fork').support));
 * ```
 */
export function guard(
  capabilities: Pick<Capabilities, 'version' | 'commands' | 'overrides'>,
  feature: CapabilityFeature,
): CapabilityGuard {
  checkSurface('capabilities', capabilities);
  const words = checkFeature(feature);
  const answer = (has: boolean, note: string): CapabilityGuard => ({
    feature,
    support: has ? 'supported' : 'unsupported',
    notes: [note],
  });

  const override = findOverride(capabilities, words);
  if (override !== undefined) return answer(override, `An override ${override ? 'adds' : 'removes'} ${name(words)}.`);

  const has = hasInSurface(capabilities, words);
  if (has !== undefined) return answer(has, `The CLI ${has ? 'lists' : 'does not list'} ${name(words)}.`);

  const version = capabilities.version?.version;
  const facts: CliSurface | undefined = version === undefined ? undefined : cliFacts(version);
  const measured = facts && hasInSurface(facts, words);
  if (version !== undefined && measured !== undefined)
    return answer(
      measured,
      `Codex ${measuredVersion(version) ?? version} ${measured ? 'has' : 'does not have'} ${name(words)}; the CLI could not be probed.`,
    );

  const notes = [`It is unknown whether the CLI has ${name(words)}: its commands could not be listed.`];
  return {
    feature,
    support: 'unknown',
    notes: version === undefined ? [...notes, 'Its version could not be parsed.'] : notes,
  };
}

/** The commands of a CLI have long flags without values only: anything else would seem to be missing. */
function checkFeature(feature: unknown): string {
  checkArgument('feature', feature);
  const words = featureWords(feature);
  if (/^(?:\w[\w-]*(?: \w[\w-]*)*)?(?:(?:^| )--[\w-]+)?$/.test(words)) return words;
  throw new RequestError(
    'feature',
    `must be a command with or without a long flag, such as "exec --add-dir", got ${describeValue(feature)}.`,
  );
}

function name(words: string): string {
  return `\`codex ${words}\``;
}
