import type { BinaryFingerprint } from '../binary/binary-fingerprint.js';
import type { Feature } from '../commands/features/types.js';
import type { CliCommands } from '../request/cli-surface.js';
import type { CliVersionInfo } from './parse-version.js';

/** The methods of the app-server protocol. */
export interface ProtocolMethods {
  /** Methods that a client may call. */
  readonly clientRequests: readonly string[];
  /** Requests that the server sends to its client. */
  readonly serverRequests: readonly string[];
  /** Notifications that the server sends. */
  readonly serverNotifications: readonly string[];
}

/** One step that led to the capabilities. */
export interface ProbeStep {
  /** `help`: pages of `codex help`, if the completion script cannot be parsed. */
  readonly name: 'version' | 'features' | 'completion' | 'help' | 'methods' | 'table' | 'override';
  /** `failed`: the command exited with an error, or could not be started. */
  readonly outcome: 'ok' | 'failed' | 'timeout' | 'unreadable';
}

/** The commands and features of one CLI binary. A value that could not be found is `undefined`. */
export interface Capabilities {
  /** The identity of the binary file; changes when the CLI is replaced. */
  readonly fingerprint: BinaryFingerprint | undefined;
  /** The version of the CLI, if it could be read. */
  readonly version: CliVersionInfo | undefined;
  /** The features, and whether they are enabled. */
  readonly features: readonly Feature[] | undefined;
  /** Every command, without `help`. */
  readonly commands: CliCommands | undefined;
  /** Only with `methods: true`. */
  readonly methods?: ProtocolMethods | undefined;
  /** Commands and flags that count as present or missing, such as `{ 'exec --add-dir': true }`. */
  readonly overrides?: Readonly<Record<string, boolean>> | undefined;
  /** Time after the last step, ms since 1970. */
  readonly collectedAt: number;
  /** The steps of the probe, with their results. */
  readonly plan: readonly ProbeStep[];
}
