import { type CapabilityFeature, featureWords } from './capability-features.js';
import { parseCliVersion } from './parse-version.js';
import type { Capabilities, ProbeStep } from './types.js';

/** Replaces what a probe finds. Applies to one call; the cache never contains overrides. */
export interface CapabilityOverrides {
  /** Replaces the whole result, with its fingerprint: nothing is executed. */
  readonly snapshot?: Capabilities | undefined;
  /** Such as `0.171.0`, or the output of `codex --version`. */
  readonly version?: string | undefined;
  /** Features that count as present or missing. */
  readonly features?: Readonly<Partial<Record<CapabilityFeature, boolean>>> | undefined;
}

/** The capabilities of a snapshot. It may be of another binary, so it keeps its fingerprint. */
export function fromSnapshot(snapshot: Capabilities): Capabilities {
  return withOverrideStep(snapshot);
}

/** Applies the version and the features. */
export function applyOverrides(found: Capabilities, overrides: CapabilityOverrides): Capabilities {
  const { version, features } = overrides;
  const words = Object.entries(features ?? {}).flatMap(([feature, has]) =>
    has === undefined ? [] : [[featureWords(feature), has] as const],
  );
  if (version === undefined && words.length === 0) return found;
  return withOverrideStep({
    ...found,
    ...(version === undefined ? {} : { version: parseCliVersion(version) }),
    overrides: { ...found.overrides, ...Object.fromEntries(words) },
  });
}

const OVERRIDE_STEP: ProbeStep = { name: 'override', outcome: 'ok' };

function withOverrideStep(capabilities: Capabilities): Capabilities {
  const { plan } = capabilities;
  return plan.some(({ name }) => name === 'override')
    ? capabilities
    : { ...capabilities, plan: [...plan, OVERRIDE_STEP] };
}
