import { resolve } from 'node:path';
import type { Observable } from 'rxjs';
import { RequestError } from '../../errors/index.js';
import { checkFile } from '../../request/check-file.js';
import { checkArgument, checkList } from '../../request/checks.js';
import { assertSupported } from '../../request/command-capabilities.js';
import { repeatedArgs } from '../../request/flag-args.js';
import { checkCommand } from '../check-command.js';
import type { CommandOptions } from '../command-options.js';
import type { Cli, Invocation } from '../invocation.js';
import { runCommand$ } from '../run-command.js';
import { parsePolicy } from './parse-policy.js';
import type { ExecPolicyResult } from './types.js';

/** The request of `checkExecPolicy$`. */
export interface ExecPolicyRequest extends CommandOptions {
  /** The command to check, word by word. Scripts that a shell would run are not inspected. */
  readonly command: readonly string[];
  /** Files of rules, relative to the working directory of the request. All are read; the strictest decision counts. */
  readonly rules: readonly string[];
  /** Let a rule for a name, such as `git`, count for its full path, as far as the rules allow that. */
  readonly resolveHostExecutables?: boolean | undefined;
}

/**
 * Emits the decision of rules about a command, once. `forbidden` is a result, not an error.
 *
 * Errors: `RequestError` (no command, no rules, a file that is not there), `ExitError` (`EXIT`) for rules that cannot
 * be read, `CommandParseError` (`COMMAND_PARSE`) for an answer that is not understood, `CapabilityError` before CLI
 * 0.75.
 *
 * @example
 * ```ts
 * import { checkExecPolicy$ } from '@codex-rx/core/commands';
 *
 * checkExecPolicy$({ rules: ['default.rules'], command: ['git', 'push'] }).subscribe({
 *   next: ({ decision }) => console.log(decision ?? 'no rule'),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function checkExecPolicy$(request: ExecPolicyRequest): Observable<ExecPolicyResult> {
  return runCommand$(request, (cli) => execPolicyInvocation(request, cli), parsePolicy);
}

async function execPolicyInvocation(request: ExecPolicyRequest, cli: Cli): Promise<Invocation> {
  const { command, rules, resolveHostExecutables: resolves = false, workingDirectory = '.' } = request;
  checkCommand('command', command);
  checkList('rules', rules, checkArgument);
  if (rules.length === 0) throw new RequestError('rules', 'is empty. Name at least one file.');
  const files = rules.map((file) => resolve(workingDirectory, file));
  files.forEach((file, index) => {
    checkFile(`rules[${index}]`, file);
  });
  assertSupported(
    await cli.facts(),
    'checkExecPolicy$',
    ...(resolves ? (['checkExecPolicy$ resolveHostExecutables'] as const) : []),
  );
  return {
    args: [
      'execpolicy',
      'check',
      ...repeatedArgs('--rules', files),
      ...(resolves ? ['--resolve-host-executables'] : []),
      '--',
      ...command,
    ],
  };
}
