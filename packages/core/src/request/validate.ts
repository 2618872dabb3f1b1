import { constants } from 'node:buffer';
import { RequestError } from '../errors/index.js';
import { errorMessage } from '../util/error-message.js';
import { checkSurface } from './check-surface.js';
import {
  checkArgument,
  checkBoolean,
  checkDuration,
  checkInteger,
  checkList,
  checkNotEmpty,
  checkOneOf,
  checkPath,
  checkString,
  checkTable,
  describeValue,
} from './checks.js';
import { isTable } from './is-table.js';
import { assertKnownOptions } from './known-options.js';
import { toJsonSchema } from './output-schema.js';
import type { AnyRunRequest, CodexOptions } from './types.js';
import { validateApproval } from './validate-approval.js';
import { validateConfig, validateOverride } from './validate-config.js';
import { checkExtraArg } from './validate-extra-args.js';
import { checkImage } from './validate-images.js';
import { checkRemote, checkVariableName, validateRemote } from './validate-remote.js';
import { validateReview } from './validate-review.js';
import { checkSession, checkSessionId, rejectEphemeral } from './validate-session.js';
import { validateTarget } from './validate-target.js';
import { checkTools, validateTools } from './validate-tools.js';

/** Checks the value of a field. */
export type Check = (field: string, value: unknown) => void;

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
const isFunction: Check = (field, value) => {
  if (typeof value !== 'function') throw new RequestError(field, `must be a function, got ${describeValue(value)}.`);
};

/** Checks for a method instead of a class, because the value may come from another copy of RxJS or another realm. */
function withMethod(method: string, what: string): Check {
  return (field, value) => {
    if (typeof (value as Record<string, unknown> | null)?.[method] !== 'function') {
      throw new RequestError(field, `must be ${what}, got ${describeValue(value)}.`);
    }
  };
}

const OPTION_CHECKS: { readonly [K in keyof CodexOptions]-?: Check } = {
  binary: checkPath,
  codexHome: checkPath,
  createHomeDirs: checkBoolean,
  workingDirectory: checkPath,
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
  approvalPolicy: checkArgument,
  approvalsReviewer: checkArgument,
  approveForMe: checkBoolean,
  sandbox: checkArgument,
  safety: oneOf('inherit', 'full-auto', 'bypass'),
  oss: checkBoolean,
  localProvider: checkArgument,
  search: checkBoolean,
  enable: list(checkFeature),
  disable: list(checkFeature),
  addDirs: list(checkPath),
  worktree: checkBoolean,
  trust: checkBoolean,
  strictConfig: checkBoolean,
  threadSource: checkArgument,
  cyberAccessProgram: checkArgument,
  remote: checkRemote,
  remoteAuthTokenEnv: checkVariableName,
  extraArgs: list(checkExtraArg),
  color: oneOf('auto', 'always', 'never'),
  mirrorStdout: checkBoolean,
  mirrorStderr: checkBoolean,
  capabilities: checkSurface,
  unsupported: oneOf('error', 'omit'),
  tools: checkTools,
  ephemeral: checkBoolean,
  ignoreRules: checkBoolean,
  ignoreUserConfig: checkBoolean,
  strict: checkBoolean,
  receivedAt: checkBoolean,
};

type RunField = Exclude<
  AnyRunRequest extends infer R ? (R extends unknown ? keyof R : never) : never,
  keyof CodexOptions | 'command' | 'session' | 'target' | 'prompt'
>;

const RUN_CHECKS: Readonly<Record<RunField, Check>> = {
  images: list(checkImage),
  outputSchema: checkSchema,
  outputLastMessage: checkPath,
  eventLog: checkPath,
  skipGitRepoCheck: checkBoolean,
  lines: isFunction,
  signal: withMethod('addEventListener', 'an AbortSignal'),
  paused$: withMethod('subscribe', 'an Observable of booleans'),
  onMissing: oneOf('error', 'new'),
};

const RUN_OPTIONS = [
  ...Object.keys(OPTION_CHECKS),
  ...Object.keys(RUN_CHECKS),
  ...['command', 'session', 'target', 'prompt'],
];

/**
 * Checks everything about a request that can be checked without running it.
 *
 * @throws RequestError for the first invalid field
 */
export function validateRequest(request: AnyRunRequest): void {
  assertObject(request);
  validateOptions(request);
  check(request, RUN_CHECKS);
  switch (request.command) {
    case 'resume':
      checkNotEmpty('prompt', request.prompt);
      checkSession(request.session, request.workingDirectory);
      rejectEphemeral(request);
      break;
    case 'fork':
      if (request.prompt !== undefined) checkNotEmpty('prompt', request.prompt);
      checkSessionId('session', request.session);
      break;
    case 'review':
      validateReview(request);
      break;
    case 'exec':
    case undefined:
      checkNotEmpty('prompt', request.prompt);
      break;
    default:
      checkOneOf('command', (request as { command: unknown }).command, ['exec', 'resume', 'fork', 'review']);
  }
  validateTarget(request);
  validateRemote(request);
  validateTools(request);
  // Last, because a missing option explains more than a misspelt one.
  assertKnownOptions(request, RUN_OPTIONS);
}

/**
 * Checks options of a run that are known before its prompt and its session.
 *
 * @throws RequestError
 */
export function validateRunOptions(options: CodexOptions): void {
  validateOptions(options);
  check(options, RUN_CHECKS);
  assertKnownOptions(options, RUN_OPTIONS);
}

/**
 * Checks the options that runs and commands share. Ignores other names, because each command has options of its own.
 *
 * @throws RequestError
 */
export function validateOptions(options: CodexOptions): void {
  check(options, OPTION_CHECKS);
  validateApproval(options);
}

/**
 * Checks options that are not those of a run: each of `names` like the option of a run, the others by `checks`, where a
 * name stands for the check of that option. Rejects all other names.
 *
 * @throws RequestError
 */
export function validateNamed(
  values: object,
  names: readonly string[],
  checks: Readonly<Record<string, Check | string>>,
): void {
  const known: Readonly<Record<string, Check>> = { ...OPTION_CHECKS, ...RUN_CHECKS };
  const named = names.map((name) => [name, known[name]] as const);
  const others = Object.entries(checks).map(
    ([name, rule]) => [name, typeof rule === 'string' ? known[rule] : rule] as const,
  );
  const all = Object.fromEntries([...named, ...others]) as Record<string, Check>;
  check(values, all);
  assertKnownOptions(values, Object.keys(all));
}

/** A caller without TypeScript may pass the prompt alone. */
function assertObject(request: unknown): void {
  if (isTable(request)) return;
  const got = describeValue(request);
  throw new RequestError('request', '', `The request must be an object such as { prompt: '…' }, got ${got}.`);
}

function check(values: object, checks: Readonly<Record<string, Check>>): void {
  for (const [field, value] of Object.entries(values)) {
    if (value !== undefined && Object.hasOwn(checks, field)) checks[field]?.(field, value);
  }
}

function checkEnv(field: string, env: unknown): void {
  for (const [name, value] of Object.entries(checkTable(field, env))) {
    const at = `${field}.${name}`;
    if (name === '' || /[=\0]/.test(name)) throw new RequestError(at, 'is not a valid environment variable name.');
    if (value === undefined) continue;
    checkString(at, value);
    if (value.includes('\0')) throw new RequestError(at, 'contains a NUL character. Remove it.');
  }
}

function checkReasoning(field: string, reasoning: unknown): void {
  const entries = Object.entries(checkTable(field, reasoning));
  const values = Object.fromEntries(entries.map(([key, value]) => [`${field}.${key}`, value]));
  const checks = Object.fromEntries([
    ...['effort', 'summary', 'verbosity', 'summaryFormat'].map((key) => [`${field}.${key}`, checkArgument]),
    [`${field}.supportsSummaries`, checkBoolean],
  ]) as Record<string, Check>;
  check(values, checks);
  assertKnownOptions(values, Object.keys(checks));
}

export function checkFeature(field: string, value: unknown): void {
  checkArgument(field, value);
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(value)) {
    throw new RequestError(
      field,
      `must be the name of a feature (letters, digits, _ . -), got ${describeValue(value)}. See \`codex features list\`.`,
    );
  }
}

function checkSchema(field: string, value: unknown): void {
  if (typeof value === 'string') {
    checkPath(field, value);
    return;
  }
  const schema = toJsonSchema(field, value);
  try {
    JSON.stringify(schema);
  } catch (error) {
    throw new RequestError(field, `cannot be written as JSON: ${errorMessage(error).split('\n', 1)[0] ?? ''}`);
  }
}
