import { RequestError } from '../../errors/index.js';
import {
  checkArgument,
  checkBoolean,
  checkInteger,
  checkList,
  checkNotEmpty,
  checkOneOf,
  checkString,
  describeValue,
} from '../../request/checks.js';
import { isTable } from '../../request/is-table.js';
import { type Check, validateNamed } from '../../request/validate.js';
import { checkConnect } from './check-connect.js';

/** Options of a process that this host spawns. */
const SPAWN_OPTIONS = [
  ...['binary', 'codexHome', 'createHomeDirs', 'env', 'inheritEnv', 'config', 'configOverrides', 'enable', 'disable'],
  ...['maxLineBytes', 'model', 'analytics'],
];
const PROCESS_OPTIONS = [...SPAWN_OPTIONS.filter((name) => name !== 'model'), 'terminateGrace', 'signal'];
const THREAD_OPTIONS = [
  ...['workingDirectory', 'model', 'sandbox', 'approvalPolicy', 'approvalsReviewer', 'safety', 'reasoning'],
  ...['autoReasoningDefaults', 'search', 'enable', 'disable', 'addDirs', 'env', 'ephemeral', 'tools'],
];
const REVIEW_OPTIONS = ['timeout', 'signal'];
const TURN_OPTIONS = ['model', 'sandbox', 'approvalPolicy', 'reasoning', 'workingDirectory', ...REVIEW_OPTIONS];

const checkTable: Check = (field, value) => {
  if (!isTable(value)) throw new RequestError(field, `must be a plain object, got ${describeValue(value)}.`);
};
const checkFunction: Check = (field, value) => {
  if (typeof value !== 'function') throw new RequestError(field, `must be a function, got ${describeValue(value)}.`);
};
const checkTexts: Check = (field, value) => {
  checkList(field, value, checkString);
};
const anything: Check = () => undefined;

const SERVER_CHECKS: Readonly<Record<string, Check>> = {
  connect: checkConnect,
  clientInfo: checkTable,
  experimentalApi: checkBoolean,
  analytics: checkBoolean,
  optOutNotifications: checkTexts,
  overload: checkTable,
  approvals: checkFunction,
  handlers: checkTable,
  reconnect: (field, value) => {
    if (value !== false) checkTable(field, value);
  },
};

const THREAD_CHECKS: Readonly<Record<string, Check>> = {
  // Not an argument of a process, so that it may contain a secret.
  config: checkTable,
  configOverrides: checkTexts,
  developerInstructions: checkString,
  baseInstructions: checkString,
  dynamicTools: (field, value) => {
    checkList(field, value, checkTable);
  },
};

const TURN_CHECKS: Readonly<Record<string, Check>> = {
  sandbox: (field, value) => {
    checkOneOf(field, value, ['read-only', 'workspace-write', 'danger-full-access']);
  },
  images: anything, // checked when they are read
  outputSchema: anything, // checked when it is converted
};

const GOAL_CHECKS: Readonly<Record<string, Check>> = {
  objective: checkNotEmpty,
  tokenBudget: (field, value) => {
    checkInteger(field, value, [1, Number.MAX_SAFE_INTEGER]);
  },
  status: (field, value) => {
    checkOneOf(field, value, ['active', 'paused', 'blocked', 'usageLimited', 'budgetLimited', 'complete']);
  },
};

const ELSEWHERE = [
  {
    names: new Set([...PROCESS_OPTIONS, ...Object.keys(SERVER_CHECKS)]),
    advice: 'belongs to the process of the app-server. Set it when you open the server.',
  },
  {
    names: new Set([...THREAD_OPTIONS, ...Object.keys(THREAD_CHECKS)]),
    advice: 'belongs to a thread. Set it in thread.start$().',
  },
  {
    names: new Set([...TURN_OPTIONS, ...Object.keys(TURN_CHECKS)]),
    advice: 'belongs to a turn. Set it in turn$() or runTurn$().',
  },
];

/** Checks the options of a server, before anything is spawned. @throws RequestError */
export function validateServerOptions(options: object): void {
  validate(options, ['model', ...PROCESS_OPTIONS], { ...SERVER_CHECKS, requestTimeout: 'timeout' });
  const given = options as Readonly<Record<string, unknown>>;
  const unused = given.connect === undefined ? undefined : SPAWN_OPTIONS.find((name) => given[name] !== undefined);
  if (unused !== undefined)
    throw new RequestError(
      unused,
      'belongs to the process of the app-server, which "connect" does not start. Remove it.',
    );
}

/** Checks the options of a thread, before anything is sent. @throws RequestError */
export function validateThreadOptions(options: object): void {
  validate(options, THREAD_OPTIONS, THREAD_CHECKS);
}

/** Checks the options of a turn, before anything is sent. @throws RequestError */
export function validateTurnOptions(options: object): void {
  validate(options, TURN_OPTIONS, TURN_CHECKS);
}

/** Checks the options of a review, before anything is sent. @throws RequestError */
export function validateReviewOptions(options: object): void {
  validate(options, REVIEW_OPTIONS, {});
}

/** Checks a goal, before anything is sent. @throws RequestError */
export function validateGoal(goal: object): void {
  validateNamed(goal, [], GOAL_CHECKS);
}

/** @throws RequestError for an id that is not a text */
export function checkThreadId(threadId: unknown): void {
  checkArgument('threadId', threadId);
}

function validate(options: object, names: readonly string[], checks: Readonly<Record<string, Check | string>>): void {
  checkTable('options', options);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || names.includes(name) || Object.hasOwn(checks, name)) continue;
    const elsewhere = ELSEWHERE.find((place) => place.names.has(name));
    if (elsewhere !== undefined) throw new RequestError(name, elsewhere.advice);
  }
  validateNamed(options, names, checks);
}
