import { CapabilityError } from '../errors/index.js';
import { NEWEST_KNOWN_VERSION } from './cli-capabilities.js';
import { isBefore, parseVersion } from './version-number.js';

/** The first version in which each command, or an option of it, was seen to work. */
const COMMAND_VERSIONS = {
  features$: '0.47.0',
  enableFeature$: '0.98.0',
  disableFeature$: '0.98.0',
  cloudExec$: '0.47.0',
  'cloudExec$ branch': '0.75.0',
  cloudList$: '0.98.0',
  cloudStatus$: '0.75.0',
  cloudDiff$: '0.75.0',
  cloudApply$: '0.75.0',
  sandbox$: '0.47.0',
  'sandbox$ logDenials': '0.75.0',
  'sandbox$ allowUnixSockets': '0.125.0',
  'sandbox$ permissionProfile': '0.150.0',
  'sandbox$ includeManagedConfig': '0.150.0',
  'sandbox$ sandbox: danger-full-access': '0.150.0',
  checkExecPolicy$: '0.75.0',
  'checkExecPolicy$ resolveHostExecutables': '0.125.0',
  'mcpLogin$ scopes': '0.75.0',
  'login$ apiKey': '0.47.0',
  'login$ accessToken': '0.150.0',
  'login$ deviceCode': '0.47.0',
  generateAppServerBindings$: '0.75.0',
  'generateAppServerBindings$ experimental': '0.98.0',
  doctor$: '0.150.0',
  'debug$ models': '0.125.0',
  'debug$ promptInput': '0.125.0',
  responsesApiProxy$: '0.47.0',
  'responsesApiProxy$ upstreamUrl': '0.75.0',
  stdioToUds$: '0.75.0',
} as const;

export type VersionedCommand = keyof typeof COMMAND_VERSIONS;

/** What one version of the CLI knows of the one-shot commands. */
export interface CommandCapabilities {
  /** As it was given; the newest known one if none was, or if it is not a version. */
  readonly version: string;
  /** The first version that has the command, if it is later than this one. */
  since(command: VersionedCommand): string | undefined;
  /** Before 0.150 `codex sandbox` wanted the platform as a subcommand; now such a word is the program to run. */
  readonly sandboxNamesPlatform: boolean;
}

/** From a static table. An unknown version, or one newer than the table, counts as the newest. */
export function commandCapabilities(version: string | undefined): CommandCapabilities {
  const parsed = version === undefined ? undefined : parseVersion(version);
  const known = parsed ?? parseVersion(NEWEST_KNOWN_VERSION) ?? [0, 0, 0];
  return {
    version: known.join('.'),
    since: (command) => (isBefore(known, COMMAND_VERSIONS[command]) ? COMMAND_VERSIONS[command] : undefined),
    sandboxNamesPlatform: isBefore(known, '0.150.0'),
  };
}

/** @throws CapabilityError for the first of the commands or options that this version does not have */
export function assertSupported(capabilities: CommandCapabilities, ...commands: readonly VersionedCommand[]): void {
  for (const command of commands) {
    const since = capabilities.since(command);
    if (since !== undefined) throw new CapabilityError(command, capabilities.version, { since, canOmit: false });
  }
}
