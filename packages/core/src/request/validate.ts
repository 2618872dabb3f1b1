import { constants } from 'node:buffer';
import { RequestError } from '../errors/index.js';
import {
  checkArgument,
  checkBoolean,
  checkDuration,
  checkInteger,
  checkList,
  checkOneOf,
  checkPrompt,
  checkString,
  describeValue,
} from './checks.js';
import { isTable } from './is-table.js';
import { assertKnownOptions } from './known-options.js';
import type { AnyRunRequest, CodexOptions, ResumeRequest } from './types.js';
import { validateConfig, validateOverride } from './validate-config.js';
import { validateReview } from './validate-review.js';

type Check = (field: string, value: unknown) => void;

const list =
  (check: Check): Check =>
  (field, value) => {
    checkList(field, value, check);
  };
const oneOf =
  (...known: string[]): Check =>
  (field, value) => {
    checkOneOf(field, value, known);
  };
const duration =
  (options: { infinite: boolean }): Check =>
  (field, value) => {
    checkDuration(field, value, options);
  };
const callable: Check = (field, value) => {
  if (typeof value !== 'function') throw new RequestError(field, `must be a function, not ${describeValue(value)}.`);
};

/** Classes of other copies and realms count: what matters is what can be called. */
function having(method: string, what: string): Check {
  return (field, value) => {
    if (typeof (value as Record<string, unknown> | null)?.[method] !== 'function') {
      throw new RequestError(field, `must be ${what}, not ${describeValue(value)}.`);
    }
  };
}

const OPTION_CHECKS: { readonly [K in keyof CodexOptions]-?: Check } = {
  binary: checkArgument,
  codexHome: checkArgument,
  createHomeDirs: checkBoolean,
  workingDirectory: checkArgument,
  allowInWorkspace: checkBoolean,
  env: checkEnv,
  inheritEnv: checkBoolean,
  timeout: duration({ infinite: true }),
  linger: duration({ infinite: false }),
  terminateGrace: duration({ infinite: false }),
  maxLineBytes: (field, value) => {
    checkInteger(field, value, [1, constants.MAX_STRING_LENGTH]);
  },
  reapAfterTurn: checkBoolean,
  model: checkArgument,
  profile: checkArgument,
  config: validateConfig,
  configOverrides: list(validateOverride),
  reasoning: checkReasoning,
  autoReasoningDefaults: checkBoolean,
  approvalPolicy: checkApproval,
  sandbox: checkArgument,
  safety: oneOf('inherit', 'full-auto', 'bypass'),
  oss: checkBoolean,
  localProvider: checkArgument,
  search: checkBoolean,
  enable: list(checkFeature),
  disable: list(checkFeature),
  addDirs: list(checkArgument),
  color: oneOf('auto', 'always', 'never'),
  mirrorStdout: checkBoolean,
  mirrorStderr: checkBoolean,
  unsupported: oneOf('error', 'omit'),
};

type RunField = Exclude<
  AnyRunRequest extends infer R ? (R extends unknown ? keyof R : never) : never,
  keyof CodexOptions | 'command' | 'session' | 'target' | 'prompt'
>;

const RUN_CHECKS: Readonly<Record<RunField, Check>> = {
  images: list(checkImage),
  outputSchema: checkSchema,
  outputLastMessage: checkArgument,
  eventLog: checkArgument,
  ephemeral: checkBoolean,
  ignoreRules: checkBoolean,
  ignoreUserConfig: checkBoolean,
  skipGitRepoCheck: checkBoolean,
  lines: callable,
  strict: checkBoolean,
  signal: having('addEventListener', 'an AbortSignal'),
  paused$: having('subscribe', 'an Observable of booleans'),
  onMissing: oneOf('error', 'new'),
};

const RUN_OPTIONS = [
  ...Object.keys(OPTION_CHECKS),
  ...Object.keys(RUN_CHECKS),
  ...['command', 'session', 'target', 'prompt'],
];

/**
 * Checks all that can be known about a request without running it.
 *
 * @throws RequestError with the first field that is wrong, and what to do about it
 */
export function validateRequest(request: AnyRunRequest): void {
  validateOptions(request);
  check(request, RUN_CHECKS);
  switch (request.command) {
    case 'resume':
      checkPrompt('prompt', request.prompt);
      checkSession(request.session, request.workingDirectory);
      refuseEphemeral(request);
      break;
    case 'fork':
      if (request.prompt !== undefined) checkPrompt('prompt', request.prompt);
      checkSessionId('session', request.session);
      break;
    case 'review':
      validateReview(request);
      break;
    case 'exec':
    case undefined:
      checkPrompt('prompt', request.prompt);
      break;
    default:
      checkOneOf('command', (request as { command: unknown }).command, ['exec', 'resume', 'fork', 'review']);
  }
  // Last: what is missing tells more than what is there in its place.
  assertKnownOptions(request, RUN_OPTIONS, 'a run');
}

/**
 * The options of runs that are to come, without what makes each of them another one.
 *
 * @throws RequestError
 */
export function validateRunOptions(options: CodexOptions): void {
  validateOptions(options);
  check(options, RUN_CHECKS);
  assertKnownOptions(options, RUN_OPTIONS, 'a run');
}

/**
 * The part of {@link validateRequest} that runs and one-shot commands share. Other names are left alone: each command has its own.
 *
 * @throws RequestError
 */
export function validateOptions(options: CodexOptions): void {
  check(options, OPTION_CHECKS);
}

function check(values: object, checks: Readonly<Record<string, Check>>): void {
  for (const [field, value] of Object.entries(values)) {
    if (value !== undefined && Object.hasOwn(checks, field)) checks[field]?.(field, value);
  }
}

function checkEnv(field: string, env: unknown): void {
  if (!isTable(env)) throw new RequestError(field, `must be a plain object, not ${describeValue(env)}.`);
  for (const [name, value] of Object.entries(env)) {
    const at = `${field}.${name}`;
    if (name === '' || /[=\0]/.test(name))
      throw new RequestError(at, 'is no name of an environment variable: no "=", no NUL, not empty.');
    if (value === undefined) continue;
    checkString(at, value);
    if (value.includes('\0'))
      throw new RequestError(at, 'holds a NUL character, which no environment can hold. Remove it.');
  }
}

function checkReasoning(field: string, reasoning: unknown): void {
  if (!isTable(reasoning)) throw new RequestError(field, `must be a plain object, not ${describeValue(reasoning)}.`);
  const values = Object.fromEntries(Object.entries(reasoning).map(([key, value]) => [`${field}.${key}`, value]));
  const checks = Object.fromEntries([
    ...['effort', 'summary', 'verbosity', 'summaryFormat'].map((key) => [`${field}.${key}`, checkArgument]),
    [`${field}.supportsSummaries`, checkBoolean],
  ]) as Record<string, Check>;
  check(values, checks);
  assertKnownOptions(values, Object.keys(checks), 'a run');
}

function checkApproval(field: string, value: unknown): void {
  checkArgument(field, value);
  if (value !== 'never') {
    throw new RequestError(
      field,
      `codex exec never asks, so ${describeValue(value)} has no effect. Use 'never', and say by sandbox what the agent may do; ` +
        'only the app-server of the CLI can ask.',
    );
  }
}

export function checkFeature(field: string, value: unknown): void {
  checkArgument(field, value);
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(value)) {
    throw new RequestError(
      field,
      `${describeValue(value)} is no name of a feature: letters, digits, _ . - only. \`codex features list\` shows them.`,
    );
  }
}

function checkImage(field: string, value: unknown): void {
  checkArgument(field, value);
  if (value.includes(','))
    throw new RequestError(
      field,
      'holds a comma, at which the CLI splits the list of images. Rename or link the file.',
    );
}

function checkSchema(field: string, value: unknown): void {
  if (typeof value === 'string') {
    checkArgument(field, value);
    return;
  }
  if (!isTable(value))
    throw new RequestError(
      field,
      `must be a JSON Schema as a plain object, or the path of one, not ${describeValue(value)}.`,
    );
  try {
    JSON.stringify(value);
  } catch (error) {
    throw new RequestError(field, `cannot be written as JSON: ${firstLine(error)}`);
  }
}

function checkSession(session: unknown, workingDirectory: string | undefined): void {
  if (!isTable(session)) {
    checkSessionId('session', session);
    return;
  }
  if (session.last !== true) throw new RequestError('session', 'must be an id, a name, or { last: true }.');
  if (session.all !== undefined) checkBoolean('session.all', session.all);
  if (session.all !== true && workingDirectory === undefined) {
    throw new RequestError(
      'session',
      '{ last: true } looks at sessions of one folder only. Set workingDirectory, or use { last: true, all: true }.',
    );
  }
}

function checkSessionId(field: string, value: unknown): void {
  checkArgument(field, value);
  if (value === '-') throw new RequestError(field, '"-" means stdin to the CLI. Give the id or the name of a session.');
}

/** The CLI (since 0.113) accepts the flag, and appends the turn to the session all the same. */
function refuseEphemeral(request: ResumeRequest): void {
  if (request.ephemeral === true) {
    throw new RequestError(
      'ephemeral',
      'has no effect on resume: the turn would be kept. Use fork$, which leaves the session as it is.',
    );
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
