import { resolve } from 'node:path';
import { CapabilityError } from '../errors/index.js';
import type { CliCapabilities, VersionedOption } from './cli-capabilities.js';
import { configArg, configArgs } from './config-args.js';
import { flagArgs, repeatedArgs } from './flag-args.js';
import { versionedOptions } from './needs-version.js';
import { reasoningEntries } from './reasoning.js';
import { subcommandArgs } from './subcommand-args.js';
import type { AnyRunRequest } from './types.js';

export interface ArgvContext {
  readonly capabilities: CliCapabilities;
  /** Where the schema is; needed if the request holds it as an object. */
  readonly outputSchemaPath?: string | undefined;
  /** Where the CLI writes the final message. Default: the request's `outputLastMessage`. */
  readonly lastMessagePath?: string | undefined;
}

export interface BuiltArgv {
  /** Arguments after the binary. */
  readonly argv: string[];
  /** What was left out for this CLI version; one sentence each. */
  readonly notices: string[];
}

/** Without these the run would be another one, so they are never left out. */
const ESSENTIAL_OPTIONS: ReadonlySet<VersionedOption> = new Set(['fork', 'review', 'session.last', 'session.all']);

/**
 * The arguments of one run: `exec`, then every flag, then the subcommand. (Before `exec` the CLI accepts most flags and drops their
 * effect; after the subcommand it knows few of them.) The prompt is read from stdin and never part of them.
 *
 * @throws CapabilityError for what this CLI version does not know, unless `unsupported: 'omit'`
 */
export function buildArgv(request: AnyRunRequest, context: ArgvContext): BuiltArgv {
  const { capabilities } = context;
  const notices: string[] = [];
  const left = new Set<VersionedOption>();
  for (const option of versionedOptions(request)) {
    const since = capabilities.missing[option];
    if (since === undefined) continue;
    if (request.unsupported !== 'omit' || ESSENTIAL_OPTIONS.has(option))
      throw new CapabilityError(option, capabilities.version, { since });
    left.add(option);
    notices.push(`${option} was left out: codex ${capabilities.version} does not have it, ${since} does`);
  }
  const has = (option: VersionedOption): boolean => !left.has(option);

  const schema =
    context.outputSchemaPath ?? (typeof request.outputSchema === 'string' ? request.outputSchema : undefined);
  const lastMessage = context.lastMessagePath ?? request.outputLastMessage;
  const argv = [
    'exec',
    '--json',
    // `--image` takes all words up to the next flag, so that one must follow: `--color` always does.
    ...repeatedArgs('--image', has('images') ? request.images?.map(absolute) : []),
    ...flagArgs('--color', request.color ?? 'never'),
    // Without a repository a review against a branch would hang: its turn never ends.
    ...when(request.skipGitRepoCheck ?? request.command !== 'review', '--skip-git-repo-check'),
    ...configArgs(request.config ?? {}),
    ...reasoningEntries(request).flatMap(([key, value]) => configArg(key, value)),
    ...when(request.search === true && has('search'), ...configArg(...capabilities.liveSearch)),
    ...approvalArgs(request),
    ...repeatedArgs('-c', request.configOverrides),
    ...repeatedArgs('--enable', has('enable') ? request.enable : []),
    ...repeatedArgs('--disable', has('disable') ? request.disable : []),
    ...flagArgs('--model', request.model),
    ...flagArgs('--profile', request.profile),
    ...when(request.oss === true, '--oss'),
    ...flagArgs('--local-provider', has('localProvider') ? request.localProvider : undefined),
    ...sandboxArgs(request),
    ...repeatedArgs('--add-dir', has('addDirs') ? request.addDirs?.map(absolute) : []),
    ...when(request.ephemeral === true && has('ephemeral'), '--ephemeral'),
    ...when(request.ignoreUserConfig === true && has('ignoreUserConfig'), '--ignore-user-config'),
    ...when(request.ignoreRules === true && has('ignoreRules'), '--ignore-rules'),
    ...flagArgs('--output-schema', schema === undefined ? undefined : absolute(schema)),
    ...flagArgs('--output-last-message', lastMessage === undefined ? undefined : absolute(lastMessage)),
    ...subcommandArgs(request),
  ];
  return { argv, notices };
}

/** `exec` never asks by itself, but refuses to start with a `config.toml` that wants to: the option has the last word. */
function approvalArgs(request: AnyRunRequest): string[] {
  return request.approvalPolicy === undefined || request.safety === 'bypass'
    ? []
    : configArg('approval_policy', request.approvalPolicy);
}

/** `--full-auto` went away after 0.125; all it did to `exec` was this. */
function sandboxArgs(request: AnyRunRequest): string[] {
  if (request.safety === 'bypass') return ['--dangerously-bypass-approvals-and-sandbox'];
  return flagArgs('--sandbox', request.sandbox ?? (request.safety === 'full-auto' ? 'workspace-write' : undefined));
}

function absolute(path: string): string {
  return resolve(path);
}

function when(condition: boolean, ...words: string[]): string[] {
  return condition ? words : [];
}
