import { resolve } from 'node:path';
import { CapabilityError } from '../errors/index.js';
import type { CliCapabilities, VersionedOption } from './cli-capabilities.js';
import { configArg, configArgs } from './config-args.js';
import { flagArgs, repeatedArgs } from './flag-args.js';
import { ISOLATED_CONFIG } from './isolated-config.js';
import { reasoningEntries } from './reasoning.js';
import { subcommandArgs } from './subcommand-args.js';
import type { AnyRunRequest, ConfigTable } from './types.js';

export interface ArgvContext {
  readonly capabilities: CliCapabilities;
  /** Path of the schema; required if the request contains the schema as an object. */
  readonly outputSchemaPath?: string | undefined;
  /** The files of all images, in their order. */
  readonly imagePaths?: readonly string[] | undefined;
  /** File to which the CLI writes the final message. Default: the request's `outputLastMessage`. */
  readonly lastMessagePath?: string | undefined;
  /**
   * Whether the run has a folder of its own. Instructions, skills and settings of the folders above it do not apply
   * to such a run.
   */
  readonly isIsolated?: boolean | undefined;
  /** Settings for the server of the request's tools. */
  readonly toolsConfig?: ConfigTable | undefined;
}

export interface BuiltArgv {
  /** Arguments after the binary. */
  readonly argv: string[];
  /** One sentence for each option that was omitted because this CLI version does not support it. */
  readonly notices: string[];
}

/** Options that define the run. They are never omitted. */
const ESSENTIAL_OPTIONS: ReadonlySet<VersionedOption> = new Set([
  ...(['fork', 'review', 'session.last', 'session.all', 'remote'] as const),
  // Without a worktree, the agent would change the files of the user.
  'worktree',
  'tools',
]);

/**
 * Returns the arguments of one run: `exec`, then every flag, then the subcommand.
 *
 * Before `exec` the CLI accepts most flags and ignores them; after the subcommand it accepts only a few. The CLI reads
 * the prompt from stdin.
 *
 * @throws CapabilityError for an option that this CLI version does not support, unless `unsupported: 'omit'`
 */
export function buildArgv(request: AnyRunRequest, context: ArgvContext): BuiltArgv {
  const { capabilities } = context;
  const notices: string[] = [];
  const omitted = new Set<VersionedOption>();
  for (const option of versionedOptions(request)) {
    if (!capabilities.missing.has(option)) continue;
    const since = capabilities.missing.get(option);
    if (request.unsupported !== 'omit' || ESSENTIAL_OPTIONS.has(option))
      throw new CapabilityError(option, capabilities.version, { since });
    omitted.add(option);
    const newer = since === undefined ? '' : `, ${since} does`;
    notices.push(`${option} was omitted: codex ${capabilities.version} does not support it${newer}`);
  }
  const has = (option: VersionedOption): boolean => !omitted.has(option);

  const schema =
    context.outputSchemaPath ?? (typeof request.outputSchema === 'string' ? request.outputSchema : undefined);
  const lastMessage = context.lastMessagePath ?? request.outputLastMessage;
  const argv = [
    'exec',
    // Before a flag that always follows: a flag that lacks its value cannot take an argument of the request.
    ...(request.extraArgs ?? []),
    '--json',
    // `--image` takes all arguments up to the next flag, so a flag must follow.
    ...repeatedArgs('--image', has('images') ? (context.imagePaths ?? imagePaths(request)) : []),
    ...flagArgs('--color', request.color ?? 'never'),
    // Without a repository, a review against a branch hangs.
    ...when(request.skipGitRepoCheck ?? request.command !== 'review', '--skip-git-repo-check'),
    // Before the settings of the request, which may override it.
    ...when(context.isIsolated === true && request.remote === undefined, ...configArgs(ISOLATED_CONFIG)),
    ...configArgs(request.config ?? {}),
    ...reasoningEntries(request).flatMap(([key, value]) => configArg(key, value)),
    ...when(request.search === true && has('search'), ...configArg(...capabilities.liveSearch)),
    ...approvalArgs(request, has),
    ...repeatedArgs('-c', request.configOverrides),
    // After the settings of the request, which may replace all servers.
    ...configArgs(context.toolsConfig ?? {}),
    ...repeatedArgs('--enable', has('enable') ? request.enable : []),
    ...repeatedArgs('--disable', has('disable') ? request.disable : []),
    ...flagArgs('--model', request.model),
    ...flagArgs('--profile', request.profile),
    ...when(request.oss === true, '--oss'),
    ...flagArgs('--local-provider', has('localProvider') ? request.localProvider : undefined),
    ...sandboxArgs(request, has),
    ...repeatedArgs(
      '--add-dir',
      has('addDirs') ? request.addDirs?.map((path) => resolve(request.workingDirectory ?? '', path)) : [],
    ),
    ...when(request.ephemeral === true && has('ephemeral'), '--ephemeral'),
    ...when(request.ignoreUserConfig === true && has('ignoreUserConfig'), '--ignore-user-config'),
    ...when(request.ignoreRules === true && has('ignoreRules'), '--ignore-rules'),
    ...when(request.worktree === true, '--worktree'),
    ...when(request.trust === true && has('trust'), '--trust'),
    ...when(request.strictConfig === true && has('strictConfig'), '--strict-config'),
    ...flagArgs('--thread-source', has('threadSource') ? request.threadSource : undefined),
    ...flagArgs('--cyber-access-program', has('cyberAccessProgram') ? request.cyberAccessProgram : undefined),
    ...flagArgs('--remote', request.remote),
    ...flagArgs('--remote-auth-token-env', request.remoteAuthTokenEnv),
    ...flagArgs('--output-schema', schema === undefined ? undefined : absolute(schema)),
    ...flagArgs('--output-last-message', lastMessage === undefined ? undefined : absolute(lastMessage)),
    ...subcommandArgs(request),
  ];
  return { argv, notices };
}

/** `exec` does not start with a `config.toml` whose policy requires approvals, so the option overrides it. */
function approvalArgs(request: AnyRunRequest, has: (option: VersionedOption) => boolean): string[] {
  if (request.safety === 'bypass' || (request.approveForMe === true && has('approveForMe'))) return [];
  const reviewer = has('approvalsReviewer') ? request.approvalsReviewer : undefined;
  // Without a policy that asks, the CLI never asks the reviewer.
  const policy = request.approvalPolicy ?? (reviewer === undefined || reviewer === 'user' ? undefined : 'on-request');
  return [
    ...(reviewer === undefined ? [] : configArg('approvals_reviewer', reviewer)),
    ...(policy === undefined ? [] : configArg('approval_policy', policy)),
  ];
}

/**
 * `--full-auto` was removed after 0.125; its only effect on `exec` was `--sandbox workspace-write`. The CLI rejects
 * `--approve-for-me`, which implies that sandbox, with a `--sandbox`.
 */
function sandboxArgs(request: AnyRunRequest, has: (option: VersionedOption) => boolean): string[] {
  if (request.safety === 'bypass') return ['--dangerously-bypass-approvals-and-sandbox'];
  if (request.approveForMe === true && has('approveForMe')) return ['--approve-for-me'];
  const isFullAuto = request.safety === 'full-auto' || request.approveForMe === true;
  return flagArgs('--sandbox', request.sandbox ?? (isFullAuto ? 'workspace-write' : undefined));
}

function imagePaths({ images = [] }: AnyRunRequest): readonly string[] {
  return images.flatMap((image) => (typeof image === 'string' ? [absolute(image)] : []));
}

function absolute(path: string): string {
  return resolve(path);
}

function when(condition: boolean, ...args: string[]): string[] {
  return condition ? args : [];
}

const VERSIONED_TEXTS = [
  ...(['localProvider', 'approvalsReviewer', 'threadSource', 'cyberAccessProgram', 'remote'] as const),
];
const VERSIONED_SWITCHES = [
  ...(['ephemeral', 'ignoreUserConfig', 'ignoreRules', 'search'] as const),
  ...(['approveForMe', 'worktree', 'trust', 'strictConfig'] as const),
];

/** Returns the options in use that some CLI versions do not support, or support in another form. */
function versionedOptions(request: AnyRunRequest): readonly VersionedOption[] {
  const options: VersionedOption[] = [];
  if (request.command === 'fork' || request.command === 'review') options.push(request.command);
  if (request.command === 'resume' && typeof request.session === 'object') {
    options.push('session.last');
    if (request.session.all === true) options.push('session.all');
  }
  for (const option of ['enable', 'disable', 'images', 'addDirs', 'tools'] as const) {
    if ((request[option]?.length ?? 0) > 0) options.push(option);
  }
  for (const option of VERSIONED_TEXTS) if (request[option] !== undefined) options.push(option);
  for (const option of VERSIONED_SWITCHES) if (request[option] === true) options.push(option);
  return options;
}

/** Returns whether the arguments for a request depend on the version of the CLI. */
export function needsVersion(request: AnyRunRequest): boolean {
  return versionedOptions(request).length > 0;
}
