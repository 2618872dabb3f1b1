import type { Observable } from 'rxjs';
import { CommandParseError, RequestError } from '../../errors/index.js';
import { checkArgument, checkInteger, checkString } from '../../request/checks.js';
import { assertSupported } from '../../request/command-capabilities.js';
import { flagArgs } from '../../request/flag-args.js';
import type { CommandOptions } from '../command-options.js';
import type { Cli, Invocation } from '../invocation.js';
import { runCommand$ } from '../run-command.js';

/** The request of `cloudExec$`. */
export interface CloudExecRequest extends CommandOptions {
  /** Id or label of the environment. */
  readonly environment: string;
  /** The task for the agent. */
  readonly query: string;
  /** How many attempts compete, 1 to 4. Default 1. */
  readonly attempts?: number | undefined;
  /** Git branch to work on. Default: the current one of the working directory. */
  readonly branch?: string | undefined;
}

/** The result of `cloudExec$`. */
export interface CloudTaskCreated {
  /** The id of the new task. */
  readonly taskId: string;
  /** The page of the task. */
  readonly url: string;
}

/**
 * Creates a task in Codex Cloud; emits its id and URL once it is accepted. The query goes to standard input.
 *
 * Errors with `ExitError` (`EXIT`): logged out it has category `auth`.
 *
 * @example
 * ```ts
 * import { cloudExec$ } from '@codex-rx/core/commands';
 *
 * cloudExec$({ environment: 'env_1', query: 'Fix the flaky test' }).subscribe({
 *   next: ({ url }) => console.log(url),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function cloudExec$(request: CloudExecRequest): Observable<CloudTaskCreated> {
  return runCommand$(
    request,
    (cli) => cloudExecInvocation(request, cli),
    ({ stdout, command }) => {
      const url = /https?:\/\/\S+/.exec(stdout)?.[0];
      const taskId = url?.split('/').at(-1);
      if (url === undefined || taskId === undefined || taskId === '')
        throw new CommandParseError(command, 'it holds no address of a task.', stdout);
      return { taskId, url };
    },
  );
}

async function cloudExecInvocation(request: CloudExecRequest, cli: Cli): Promise<Invocation> {
  const { environment, query, attempts, branch } = request;
  checkArgument('environment', environment);
  checkString('query', query);
  if (query.trim() === '') throw new RequestError('query', 'is blank. Say what shall be done.');
  if (attempts !== undefined) checkInteger('attempts', attempts, [1, 4]);
  if (branch !== undefined) checkArgument('branch', branch);
  assertSupported(await cli.facts(), 'cloudExec$', ...(branch === undefined ? [] : (['cloudExec$ branch'] as const)));
  return {
    args: [
      'cloud',
      'exec',
      ...flagArgs('--env', environment.trim()),
      ...(attempts === undefined ? [] : ['--attempts', String(attempts)]),
      ...flagArgs('--branch', branch),
      '-',
    ],
    stdin: query,
  };
}
