import { RequestError } from '../errors/index.js';
import { containsSecretText } from '../secrets/secret-text.js';
import { checkArgument, describeValue } from './checks.js';
import { isThreadId } from './thread-id.js';
import type { AnyRunRequest } from './types.js';

/** The options that the CLI rejects with `--remote`, because the server decides on them. */
const AGENT_OPTIONS = [
  ...(['model', 'profile', 'config', 'configOverrides', 'reasoning', 'approvalPolicy', 'approvalsReviewer'] as const),
  ...(['approveForMe', 'sandbox', 'safety', 'oss', 'localProvider', 'search', 'enable', 'disable', 'addDirs'] as const),
  ...(['worktree', 'trust', 'strictConfig', 'threadSource', 'cyberAccessProgram', 'extraArgs'] as const),
  ...(['workingDirectory', 'images', 'outputSchema', 'ephemeral', 'ignoreRules', 'ignoreUserConfig'] as const),
  ...(['tools'] as const),
] as const;

export function checkRemote(field: string, value: unknown): void {
  checkArgument(field, value);
  if (!/^(?:wss?:\/\/[^\s/]|unix:\/\/)/.test(value))
    throw new RequestError(
      field,
      `must be ws://host:port, wss://host:port or unix://path, got ${describeValue(value)}.`,
    );
  if (containsSecretText(value))
    throw new RequestError(
      field,
      'contains a secret, which every user of the machine could read in the command line. Use "remoteAuthTokenEnv".',
    );
}

export function checkVariableName(field: string, value: unknown): void {
  checkArgument(field, value);
  if (!/^[A-Za-z_]\w*$/.test(value))
    throw new RequestError(field, 'must be the name of an environment variable, not its value.');
}

/** Checks the options of a run on an app-server. @throws RequestError */
export function validateRemote(request: AnyRunRequest): void {
  if (request.remote === undefined) {
    if (request.remoteAuthTokenEnv !== undefined)
      throw new RequestError('remoteAuthTokenEnv', 'has no effect without "remote". Set it, or remove this option.');
    return;
  }
  if (request.command === 'fork' || request.command === 'review')
    throw new RequestError('remote', `cannot be used with ${request.command}$. Use exec$ or resume$.`);
  if (request.command === 'resume' && (typeof request.session !== 'string' || !isThreadId(request.session)))
    throw new RequestError('session', 'must be a thread id with "remote".');
  const field = AGENT_OPTIONS.find((name) => isSet(request[name]));
  if (field !== undefined)
    throw new RequestError(field, 'cannot be used with "remote", where the server decides on it. Remove it.');
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === false || value === 'inherit') return false;
  return !(Array.isArray(value) && value.length === 0);
}
