import type { Observable } from 'rxjs';
import { RequestError } from '../errors/index.js';
import { checkMultiline } from '../request/checks.js';
import { checkWords } from './check-command.js';
import type { CommandOptions, CommandOutput } from './command-options.js';
import { runCommand$ } from './run-command.js';

/** The request of `command$`. */
export interface CommandRequest extends CommandOptions {
  /** The words after `codex`. */
  readonly args: readonly string[];
  /** Written to standard input, which is then closed. Secrets go here. */
  readonly stdin?: string | undefined;
  /** Exit codes that are answers. Default: 0 only; `any`: all, and signals. */
  readonly accept?: readonly number[] | 'any' | undefined;
}

/**
 * Runs any other command of the CLI; emits its output, once, when it has exited. It has no terminal: a command that
 * needs a terminal fails.
 *
 * Errors with `ExitError` (`EXIT`) for an exit code that is not accepted, with `RequestError` for arguments that
 * contain a secret.
 *
 * @example
 * ```ts
 * import { command$ } from '@codex-rx/core/commands';
 *
 * command$({ args: ['completion', 'bash'] }).subscribe(({ stdout }) => console.log(stdout.length));
 * ```
 */
export function command$(request: CommandRequest): Observable<CommandOutput> {
  const { args, stdin, accept } = request;
  return runCommand$(
    request,
    () => {
      checkWords('args', args);
      if (args.length === 0)
        throw new RequestError('args', 'is empty, which is the interactive CLI. It needs a terminal.');
      if (stdin !== undefined) checkMultiline('stdin', stdin);
      return { args, stdin, accept, secrets: stdin === undefined ? [] : [stdin.trim()] };
    },
    (output) => output,
  );
}
