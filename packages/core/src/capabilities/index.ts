export type { BinaryFingerprint } from '../binary/binary-fingerprint.js';
export type { CliCommand, CliCommands, CliSurface } from '../request/cli-surface.js';
export { type CacheOptions, type CapabilityCache, capabilityCache } from './cache.js';
export { type CapabilityTtlDecision, type CapabilityTtlOptions, capabilityCacheTtlDecision } from './cache-ttl.js';
export type { CapabilityFeature } from './capability-features.js';
export { cliFacts } from './cli-facts.js';
export { compareVersions } from './compare-versions.js';
export { coverageManifest } from './coverage/coverage-manifest.js';
export type { CommandCoverage, Coverage, CoverageLevel, CoverageManifest } from './coverage/types.js';
export { type CapabilityGuard, type CapabilitySupport, guard } from './guard.js';
export type { CapabilityOverrides } from './overrides.js';
export { type CliVersionInfo, parseCliVersion, type ReleaseChannel } from './parse-version.js';
export { type CachePolicy, type ProbeOptions, probeCapabilities$ } from './probe-capabilities.js';
export {
  capabilitySnapshotMatchesBinary,
  readCapabilities,
  readCapabilityOverrides,
  writeCapabilities,
  writeCapabilityOverrides,
} from './snapshot-files.js';
export {
  parseCapabilities,
  parseCapabilityOverrides,
  type SnapshotFormat,
  serializeCapabilities,
  serializeCapabilityOverrides,
} from './snapshot-text.js';
export type { Capabilities, ProbeStep, ProtocolMethods } from './types.js';
export {
  type CodexLatestReleases,
  type CodexRelease,
  type UpdateAdvisory,
  type UpdateStatus,
  updateAdvisory,
} from './update-advisory.js';
