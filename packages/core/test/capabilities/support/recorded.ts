import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseCompletion } from '../../../src/capabilities/parse-completion.js';
import { parseCliVersion } from '../../../src/capabilities/parse-version.js';
import type { Capabilities } from '../../../src/capabilities/types.js';
import { parseFeatures } from '../../../src/commands/features/parse-features.js';

export const VERSIONS = [
  ...['0.44.0', '0.47.0', '0.75.0', '0.98.0', '0.110.0', '0.125.0', '0.130.0', '0.131.0', '0.144.6', '0.147.0'],
  ...['0.150.1', '0.154.0', '0.159.3', '0.163.0', '0.169.0', '0.171.0'],
];

/** The output of a real CLI, byte for byte. Written by `npm run compat -- --install`. */
export interface Recorded {
  readonly version: string;
  /** Missing in 0.44, which has no such command. */
  readonly features?: string;
  readonly completion: string;
  /** `codex help …` by path. */
  readonly pages: Readonly<Record<string, string>>;
}

export function recorded(version: string): Recorded {
  const file = readFileSync(join(__dirname, '..', 'recorded', `${version}.json.gz`));
  return JSON.parse(gunzipSync(file).toString()) as Recorded;
}

/** The result of a probe of this version. */
export function recordedCapabilities(version: string): Capabilities {
  const { version: text, features, completion } = recorded(version);
  return {
    fingerprint: undefined,
    version: parseCliVersion(text),
    features: features === undefined ? undefined : parseFeatures(features),
    commands: parseCompletion(completion),
    collectedAt: 0,
    plan: [],
  };
}
