import { type CliSurface, hasInSurface } from './cli-surface.js';
import { isBefore, parseVersion } from './version-number.js';

/** Options of a request that some CLI versions since 0.44 do not support. */
export type VersionedOption =
  | 'enable'
  | 'disable'
  | 'images'
  | 'addDirs'
  | 'approvalsReviewer'
  | 'approveForMe'
  | 'cyberAccessProgram'
  | 'remote'
  | 'strictConfig'
  | 'threadSource'
  | 'trust'
  | 'worktree'
  | 'localProvider'
  | 'ephemeral'
  | 'ignoreUserConfig'
  | 'ignoreRules'
  | 'search'
  | 'tools'
  | 'session.last'
  | 'session.all'
  | 'fork'
  | 'review';

interface OptionFacts {
  /** The first version in which the option was measured to work. */
  readonly since: string;
  /** The command or flag of the option. */
  readonly words?: string;
  /** `false` if some CLIs have the command or flag, and do not do what the option says. Default `true`. */
  readonly isProof?: boolean;
}

const OPTIONS: Readonly<Record<VersionedOption, OptionFacts>> = {
  enable: { since: '0.47.0', words: 'exec --enable' },
  disable: { since: '0.47.0', words: 'exec --disable' },
  // Earlier versions have the flag, and sent each image as a separate turn before the prompt.
  images: { since: '0.75.0', words: 'exec --image', isProof: false },
  addDirs: { since: '0.75.0', words: 'exec --add-dir' },
  localProvider: { since: '0.75.0', words: 'exec --local-provider' },
  ephemeral: { since: '0.110.0', words: 'exec --ephemeral' },
  ignoreUserConfig: { since: '0.125.0', words: 'exec --ignore-user-config' },
  ignoreRules: { since: '0.125.0', words: 'exec --ignore-rules' },
  search: { since: '0.44.0' },
  // Earlier versions have MCP servers over HTTP as an experiment.
  tools: { since: '0.98.0' },
  strictConfig: { since: '0.131.0', words: 'exec --strict-config' },
  approvalsReviewer: { since: '0.144.0' },
  approveForMe: { since: '0.147.0', words: 'exec --approve-for-me' },
  threadSource: { since: '0.150.0', words: 'exec --thread-source' },
  // 0.154 to 0.158 have the flag, and require the feature `worktrees`.
  worktree: { since: '0.159.0', words: 'exec --worktree', isProof: false },
  cyberAccessProgram: { since: '0.163.0', words: 'exec --cyber-access-program' },
  trust: { since: '0.169.0', words: 'exec --trust' },
  remote: { since: '0.171.0', words: 'exec --remote' },
  // Earlier versions have the flag, which does not find the session.
  'session.last': { since: '0.75.0', words: 'exec resume --last', isProof: false },
  'session.all': { since: '0.98.0', words: 'exec resume --all' },
  fork: { since: '0.150.0', words: 'exec fork' },
  review: { since: '0.75.0', words: 'exec review' },
};

/** The options that one version of the CLI supports. */
export interface CliCapabilities {
  /** The version; the newest known version if it is unknown. */
  readonly version: string;
  /** The options that this CLI lacks, each with the first version that has it, if that is later. */
  readonly missing: ReadonlyMap<VersionedOption, string | undefined>;
  /** The setting that enables live web search (`--search` has no effect on `exec`). */
  readonly liveSearch: readonly [key: string, value: string | boolean];
}

/** The newest version that was measured. */
export const NEWEST_KNOWN_VERSION = '0.171.0';

/**
 * Returns the options that a CLI supports: from its commands if they are known, otherwise by its version, from a static
 * table. An unknown version, a build from source (`0.0.0`), or a version newer than the table counts as the newest
 * known version.
 *
 * @param cli a probed CLI, or its version: `0.125.0`, or the output of `codex --version`: `codex-cli 0.125.0`
 */
export function cliCapabilities(cli: string | CliSurface | undefined): CliCapabilities {
  const surface = typeof cli === 'string' ? { version: { version: cli } } : (cli ?? {});
  const parsed = parseVersion(surface.version?.version ?? '');
  const isKnown = parsed?.some((part) => part > 0) === true;
  const known = (isKnown ? parsed : parseVersion(NEWEST_KNOWN_VERSION)) ?? [0, 0, 0];
  const missing = new Map<VersionedOption, string | undefined>();
  for (const [option, { since, words, isProof }] of Object.entries(OPTIONS) as [VersionedOption, OptionFacts][]) {
    const isOlder = isBefore(known, since);
    const evidence = isProof === false ? { overrides: surface.overrides } : surface;
    const has = words === undefined ? undefined : hasInSurface(evidence, words);
    const isMissing = has === undefined ? isOlder : !has;
    if (isMissing) missing.set(option, isOlder ? since : undefined);
  }
  return {
    version: known.join('.'),
    missing,
    liveSearch: isBefore(known, '0.98.0') ? ['tools.web_search', true] : ['web_search', 'live'],
  };
}
