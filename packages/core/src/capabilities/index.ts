export type { BinaryFingerprint } from '../binary/binary-fingerprint.js';
export type { CliCommand, CliCommands } from '../request/cli-surface.js';
export type { CapabilityFeature } from './capability-features.js';
export { cliFacts } from './cli-facts.js';
export { compareVersions } from './compare-versions.js';
export { type CapabilityGuard, type CapabilitySupport, guard } from './guard.js';
export { type CliVersionInfo, parseCliVersion, type ReleaseChannel } from './parse-version.js';
export { type ProbeOptions, probeCapabilities$ } from './probe-capabilities.js';
export type { Capabilities, ProbeStep, ProtocolMethods } from './types.js';
export {
  type CodexLatestReleases,
  type CodexRelease,
  type UpdateAdvisory,
  type UpdateStatus,
  updateAdvisory,
} from './update-advisory.js';
