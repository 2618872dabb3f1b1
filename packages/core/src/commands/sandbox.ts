import { resolve } from 'node:path';
import type { Observable } from 'rxjs';
import { RequestError } from '../errors/index.js';
import { checkArgument, checkBoolean, checkList, checkOneOf } from '../request/checks.js';
import { assertSupported, type CommandCapabilities } from '../request/command-capabilities.js';
import { configArg } from '../request/config-args.js';
import { flagArgs, repeatedArgs } from '../request/flag-args.js';
import { checkCommand } from './check-command.js';
import type { CommandOutput, ProfileCommandOptions } from './command-options.js';
import { runCommand$ } from './run-command.js';

/** The request of `sandbox$`. */
export interface SandboxRequest extends ProfileCommandOptions {
  /** The program to run, and its arguments. */
  readonly command: readonly string[];
  /** The access of the program. Default: that of the configuration, initially `read-only`. */
  readonly sandbox?: 'read-only' | 'workspace-write' | 'danger-full-access' | undefined;
  /** A named permissions profile of the configuration (CLI 0.150 or later). */
  readonly permissionProfile?: string | undefined;
  /** Also applies managed requirements to `permissionProfile` (CLI 0.150 or later). */
  readonly includeManagedConfig?: boolean | undefined;
  /** macOS only: sockets in these folders may be used (CLI 0.125 or later). */
  readonly allowUnixSockets?: readonly string[] | undefined;
  /** macOS only: log denied operations on standard error (CLI 0.75 or later). */
  readonly logDenials?: boolean | undefined;
}

/** The words before the program, for one version on one platform. */
export function sandboxArgs(request: SandboxRequest, facts: CommandCapabilities, platform: NodeJS.Platform): string[] {
  const { sandbox, permissionProfile, includeManagedConfig = false, allowUnixSockets, logDenials = false } = request;
  validate(request, platform);
  assertSupported(
    facts,
    'sandbox$',
    ...(logDenials ? (['sandbox$ logDenials'] as const) : []),
    ...(allowUnixSockets === undefined ? [] : (['sandbox$ allowUnixSockets'] as const)),
    ...(permissionProfile === undefined ? [] : (['sandbox$ permissionProfile'] as const)),
    ...(includeManagedConfig ? (['sandbox$ includeManagedConfig'] as const) : []),
    ...(sandbox === 'danger-full-access' ? (['sandbox$ sandbox: danger-full-access'] as const) : []),
  );
  const onMac = [
    ...repeatedArgs(
      '--allow-unix-socket',
      allowUnixSockets?.map((path) => resolve(path)),
    ),
    ...(logDenials ? ['--log-denials'] : []),
  ];
  if (facts.sandboxNamesPlatform) {
    // These versions start read-only and ignore the configuration.
    return ['sandbox', platformName(platform), ...(sandbox === 'workspace-write' ? ['--full-auto'] : []), ...onMac];
  }
  return [
    'sandbox',
    ...(sandbox === undefined ? [] : configArg('sandbox_mode', sandbox)),
    ...flagArgs('--permission-profile', permissionProfile),
    ...(includeManagedConfig ? ['--include-managed-config'] : []),
    ...onMac,
  ];
}

function validate(request: SandboxRequest, platform: NodeJS.Platform): void {
  const { sandbox, permissionProfile, includeManagedConfig, allowUnixSockets, logDenials } = request;
  checkCommand('command', request.command);
  if (sandbox !== undefined) checkOneOf('sandbox', sandbox, ['read-only', 'workspace-write', 'danger-full-access']);
  if (permissionProfile !== undefined) checkArgument('permissionProfile', permissionProfile);
  if (includeManagedConfig !== undefined) checkBoolean('includeManagedConfig', includeManagedConfig);
  if (includeManagedConfig === true && permissionProfile === undefined)
    throw new RequestError('includeManagedConfig', 'goes with permissionProfile only.');
  if (allowUnixSockets !== undefined) checkList('allowUnixSockets', allowUnixSockets, checkArgument);
  if (platform === 'darwin') return;
  if (allowUnixSockets !== undefined) throw new RequestError('allowUnixSockets', 'is for macOS only.');
  if (logDenials === true) throw new RequestError('logDenials', 'is for macOS only.');
}

function platformName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'macos';
  return platform === 'win32' ? 'windows' : 'linux';
}

/**
 * Runs a program in the CLI's sandbox; emits its output and exit status, once. Every exit code is a result, also code
 * 101 for a program that does not exist, with the message of the sandbox on standard error.
 *
 * The program runs in `workingDirectory`, default the host's. Errors: `RequestError`, `CapabilityError` (before CLI
 * 0.47, or for an option that this version does not have), `RunTimeoutError` (`RUN_TIMEOUT`): the program is gone
 * then.
 *
 * @example
 * ```ts
 * import { sandbox$ } from '@codex-rx/core/commands';
 *
 * sandbox$({ command: ['touch', 'file.txt'], sandbox: 'read-only' }).subscribe(({ exitCode, stderr }) =>
 *   console.log(exitCode, stderr), // 1 touch: cannot touch 'file.txt': Read-only file system
 * );
 * ```
 */
export function sandbox$(request: SandboxRequest): Observable<CommandOutput> {
  return runCommand$(
    request,
    async (cli) => ({
      globals: flagArgs('--profile', request.profile),
      args: [...sandboxArgs(request, await cli.facts(), process.platform), '--', ...request.command],
      accept: 'any',
    }),
    (output) => output,
  );
}
