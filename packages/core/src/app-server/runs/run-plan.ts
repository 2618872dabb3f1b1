import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { RequestError } from '../../errors/index.js';
import { checkFile } from '../../request/check-file.js';
import type { AnyRunRequest } from '../../request/types.js';
import { validateRequest } from '../../request/validate.js';
import { RUN_TIMEOUT_MS } from '../../util/defaults.js';
import { errorMessage } from '../../util/error-message.js';
import type { AppServerOptions } from '../server/options.js';
import type { ThreadOptions, TurnOptions } from '../thread/thread-options.js';

/** Options of the process, which belong to the server. A request may repeat them. */
const SERVER_OPTIONS = ['binary', 'codexHome', 'createHomeDirs', 'env', 'inheritEnv'] as const;

/** Options that have an effect here, and those that have none on any server. */
const KNOWN_OPTIONS: ReadonlySet<string> = new Set([
  ...['command', 'prompt', 'session', 'target', 'onMissing', 'images', 'outputSchema', 'signal', 'ephemeral'],
  ...['workingDirectory', 'timeout', 'model', 'config', 'configOverrides', 'reasoning', 'autoReasoningDefaults'],
  ...['approvalPolicy', 'approvalsReviewer', 'sandbox', 'safety', 'search', 'enable', 'disable', 'addDirs', 'tools'],
  ...['skipGitRepoCheck', 'allowInWorkspace', 'color', 'linger', 'maxLineBytes', 'terminateGrace', 'unsupported'],
  ...['reapAfterTurn', 'receivedAt'],
  ...SERVER_OPTIONS,
]);

/** Advice for options that only `codex exec` has. The others have no replacement. */
const ADVICE: Readonly<Record<string, string>> = {
  oss: 'Use "config".',
  localProvider: 'Use "config".',
  profile: 'Use "config".',
  remote: 'Use "connect".',
  remoteAuthTokenEnv: 'Use "connect".',
  approveForMe: 'Set approvalsReviewer: "auto_review" and sandbox: "workspace-write".',
  eventLog: 'Write the events with the operator teeLines().',
  outputLastMessage: 'Use the result of the turn.',
  lines: 'Use notifications$ of the server.',
  paused$: 'The server is always read.',
  strict: 'Messages of the server are always validated.',
};

/** The parts of a request of a run that the protocol has. */
export interface RunPlan {
  readonly thread: ThreadOptions;
  readonly turn: TurnOptions & { readonly timeout: number };
}

/**
 * Translates a request of a run. Checks it like a run over `codex exec`, except that an approval policy may ask.
 *
 * @throws RequestError that names an option that the app-server does not have
 */
export function planRun(request: AnyRunRequest, server: AppServerOptions): RunPlan {
  validateRequest({ ...request, approvalPolicy: undefined });
  rejectUnavailable(request, server);
  return toRunPlan(request);
}

/** @throws RequestError that names an option that the app-server does not have */
export function rejectUnavailable(request: AnyRunRequest, server: AppServerOptions): void {
  rejectServerOptions(request, server);
  for (const [option, value] of Object.entries(request)) {
    if (KNOWN_OPTIONS.has(option) || value === undefined || value === false || isEmptyList(value)) continue;
    const advice = ADVICE[option] ?? 'Remove it, or use the transport "exec".';
    throw new RequestError(option, `is not available over the app-server. ${advice}`);
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** Translates a request that has been checked. @throws RequestError for the file of a schema */
export function toRunPlan(request: AnyRunRequest): RunPlan {
  const { timeout = RUN_TIMEOUT_MS, signal, images, outputSchema, workingDirectory, ephemeral } = request;
  const { model, sandbox, safety, config, configOverrides, reasoning, autoReasoningDefaults } = request;
  const { approvalPolicy, search, enable, disable, addDirs, approvalsReviewer, tools } = request;
  return {
    thread: {
      ...{ workingDirectory, model, sandbox, approvalPolicy, safety, config, configOverrides, reasoning },
      ...{ autoReasoningDefaults, search, enable, disable, addDirs, ephemeral, approvalsReviewer, tools },
    },
    turn: { images, timeout, signal, outputSchema: readSchema(outputSchema) },
  };
}

function rejectServerOptions(request: AnyRunRequest, server: AppServerOptions): void {
  for (const option of SERVER_OPTIONS) {
    const value = request[option];
    if (value !== undefined && !isDeepStrictEqual(value, server[option]))
      throw new RequestError(option, 'belongs to the process of the app-server. Set it when you open the server.');
  }
}

function readSchema(schema: object | string | undefined): object | undefined {
  if (typeof schema !== 'string') return schema;
  checkFile('outputSchema', schema);
  try {
    return JSON.parse(readFileSync(schema, 'utf8')) as object;
  } catch (error) {
    throw new RequestError('outputSchema', `must be a file with JSON: ${errorMessage(error)}`);
  }
}
