import { isCodexError } from '../errors/is-codex-error.js';
import { buildArgv } from '../request/argv.js';
import { cliCapabilities } from '../request/cli-capabilities.js';
import { settingAt, settingLayers } from '../request/settings.js';
import { isBefore, parseVersion } from '../request/version-number.js';
import { errorOf, type PreflightFacts, valueOf } from './facts.js';
import { loginProblems } from './login-problems.js';
import type { PreflightProblem, PreflightProblemCode } from './types.js';
import { workspaceProblems } from './workspace-problems.js';

const OLDEST = '0.44.0';
/** Since then a profile is a file of its own. */
const PROFILE_FILES_SINCE = '0.150.0';

type Check = (facts: PreflightFacts) => readonly PreflightProblem[];

/** Returns the problems that prevent a run, in the order in which to solve them. */
export function findProblems(facts: PreflightFacts): PreflightProblem[] {
  const checks: readonly Check[] = [
    binaryProblems,
    optionProblems,
    workingDirectoryProblems,
    homeProblems,
    workspaceProblems,
    configProblems,
    profileProblems,
    loginProblems,
  ];
  return checks.flatMap((check) => check(facts));
}

function binaryProblems({ binary, version }: PreflightFacts): PreflightProblem[] {
  const missing = errorOf(binary) ?? errorOf(version);
  if (missing !== undefined) {
    const code = missing.code === 'BINARY_NOT_FOUND' ? 'BINARY_NOT_FOUND' : 'BINARY_UNUSABLE';
    return [problem(code, missing.message)];
  }
  const found = valueOf(version);
  const path = valueOf(binary)?.path ?? '';
  if (found === undefined) return [];
  if (!/codex/i.test(found.text))
    return [problem('BINARY_UNUSABLE', `${path} says that it is "${found.text}". Point \`binary\` to the Codex CLI.`)];
  const number = parseVersion(found.version);
  return number !== undefined && isBefore(number, OLDEST)
    ? [problem('VERSION_TOO_OLD', `${path} is codex ${found.version}. Install ${OLDEST} or later.`)]
    : [];
}

function optionProblems({ options, version }: PreflightFacts): PreflightProblem[] {
  const found = valueOf(version);
  if (found === undefined) return [];
  try {
    buildArgv({ ...options, prompt: 'x' }, { capabilities: cliCapabilities(options.capabilities ?? found.version) });
    return [];
  } catch (error) {
    if (!isCodexError(error, 'CAPABILITY_UNSUPPORTED')) throw error;
    return [problem('OPTION_UNSUPPORTED', error.message)];
  }
}

function workingDirectoryProblems({ options, hasWorkingDirectory }: PreflightFacts): PreflightProblem[] {
  if (hasWorkingDirectory) return [];
  const path = options.workingDirectory ?? '';
  return [problem('WORKING_DIRECTORY_NOT_FOUND', `There is no folder ${path}. Create it, or change workingDirectory.`)];
}

function homeProblems({ home, homeFrom, homeIsClosed, options }: PreflightFacts): PreflightProblem[] {
  const error = errorOf(home);
  if (error !== undefined) return [problem('HOME_UNUSABLE', error.message)];
  const found = valueOf(home);
  if (found === undefined) return [];
  if (homeIsClosed)
    return [
      problem('HOME_UNUSABLE', `${found.root} may not be read and written by this user. Change its owner or mode.`),
    ];
  const isCreated = homeFrom === 'default' || (homeFrom === 'option' && options.createHomeDirs !== false);
  if (found.exists || isCreated) return [];
  const advice =
    homeFrom === 'option' ? 'Create it, or leave out createHomeDirs: false.' : 'Create it, or change CODEX_HOME.';
  return [problem('HOME_NOT_FOUND', `There is no folder ${found.root}. ${advice}`)];
}

function configProblems({ home, login }: PreflightFacts): PreflightProblem[] {
  const config = valueOf(home)?.config;
  if (config?.problem !== undefined)
    return [problem('CONFIG_INVALID', `${config.path}: ${config.problem}. Correct the file.`)];
  const refused = errorOf(login);
  return isCodexError(refused, 'EXIT') && refused.category === 'config'
    ? [problem('CONFIG_INVALID', `The CLI refuses its configuration: ${refused.message}`)]
    : [];
}

function profileProblems(facts: PreflightFacts): PreflightProblem[] {
  const { options, profile, version, home } = facts;
  if (options.profile === undefined || profile === undefined) return [];
  const number = parseVersion(valueOf(version)?.version ?? '');
  if (number !== undefined && isBefore(number, PROFILE_FILES_SINCE)) {
    const config = valueOf(home)?.config;
    const isThere = settingAt(settingLayers([config?.settings], options), 'profiles', options.profile) !== undefined;
    const missing = `There is no [profiles.${options.profile}] in ${config?.path ?? 'config.toml'}. Add it, or change profile.`;
    return isThere ? [] : [problem('PROFILE_NOT_FOUND', missing)];
  }
  if (!profile.exists)
    return [
      problem(
        'PROFILE_NOT_FOUND',
        `There is no ${profile.path}; the CLI would run without it. Create it, or change profile.`,
      ),
    ];
  return profile.problem === undefined
    ? []
    : [problem('CONFIG_INVALID', `${profile.path}: ${profile.problem}. Correct the file.`)];
}

function problem(code: PreflightProblemCode, message: string): PreflightProblem {
  return { code, message };
}
