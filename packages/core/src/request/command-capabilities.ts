import { CapabilityError } from '../errors/index.js';
import { NEWEST_KNOWN_VERSION } from './cli-capabilities.js';
import { isBefore, parseVersion } from './version-number.js';

/** The first version in which each command, or option of a command, was measured to work. */
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
  plugins: '0.150.0',
  'debug$ models': '0.125.0',
  'debug$ promptInput': '0.125.0',
  responsesApiProxy$: '0.47.0',
  'responsesApiProxy$ upstreamUrl': '0.75.0',
  stdioToUds$: '0.75.0',
} as const;

export type VersionedCommand = keyof typeof COMMAND_VERSIONS;

/** The commands and their options that one version of the CLI supports. */
export interface CommandCapabilities {
  /** The version; the newest known version if it is unknown. */
  readonly version: string;
  /** Returns the first version with the command, if that is later than this version. */
  since(command: VersionedCommand): string | undefined;
  /** Before 0.150 `codex sandbox` required the platform as a subcommand. */
  readonly sandboxNamesPlatform: boolean;
  /** 0.171 removed `codex stdio-to-uds`; since 0.169 `codex app-server proxy` does the same. */
  readonly hasAppServerProxy: boolean;
}

/** Reads a static table. An unknown version, or a version newer than the table, counts as the newest known version. */
export function commandCapabilities(version: string | undefined): CommandCapabilities {
  const parsed = version === undefined ? undefined : parseVersion(version);
  const known = parsed ?? parseVersion(NEWEST_KNOWN_VERSION) ?? [0, 0, 0];
  return {
    version: known.join('.'),
    since: (command) => (isBefore(known, COMMAND_VERSIONS[command]) ? COMMAND_VERSIONS[command] : undefined),
    sandboxNamesPlatform: isBefore(known, '0.150.0'),
    hasAppServerProxy: !isBefore(known, '0.169.0'),
  };
}

/** @throws CapabilityError for the first command or option that this version does not support */
export function assertSupported(capabilities: CommandCapabilities, ...commands: readonly VersionedCommand[]): void {
  for (const command of commands) {
    const since = capabilities.since(command);
    if (since !== undefined) throw new CapabilityError(command, capabilities.version, { since, canOmit: false });
  }
}
