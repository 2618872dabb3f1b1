export { type IdleTimeoutConfig, idleTimeout } from './idle-timeout.js';
export { type SnapshotsConfig, snapshots } from './snapshots.js';
