import type { Observable } from 'rxjs';
import { CommandParseError } from '../errors/index.js';
import type { CommandOptions } from './command-options.js';
import { runCommand$ } from './run-command.js';

/** The result of `version$`. */
export interface CliVersion {
  /** Such as `0.171.0` or `0.150.0-alpha.3`. */
  readonly version: string;
  /** The output of the CLI. */
  readonly text: string;
}

/**
 * Emits the version of the CLI, once.
 *
 * Errors with `CommandParseError` (`COMMAND_PARSE`) without a version in the output, with `BinaryNotFoundError`
 * without a CLI.
 *
 * @example
 * ```ts
 * import { version$ } from '@codex-rx/core/commands';
 *
 * version$().subscribe(({ version }) => console.log(version)); // 0.171.0
 * ```
 */
export function version$(options: CommandOptions = {}): Observable<CliVersion> {
  return runCommand$(
    options,
    () => ({ args: ['--version'] }),
    ({ stdout, command }) => {
      const line = stdout
        .split('\n')
        .filter((text) => VERSION.test(text))
        .at(-1);
      const version = line === undefined ? undefined : VERSION.exec(line)?.[0];
      if (line === undefined || version === undefined)
        throw new CommandParseError(command, 'it names no version.', stdout);
      return { version, text: line.trim() };
    },
  );
}

const VERSION = /\b\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[\w.]+)?(?:\+[\w.]+)?/;
