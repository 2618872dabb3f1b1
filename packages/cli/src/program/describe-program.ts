import type { CommandUnknownOpts } from '@commander-js/extra-typings';

/** A command for completion scripts. */
export interface CommandDescription {
  /** The words after the name of the program, such as `fixtures diff`; empty for the program. */
  readonly path: string;
  readonly summary: string;
  readonly options: readonly OptionDescription[];
  readonly subcommands: readonly CommandDescription[];
}

/** An option for completion scripts. */
export interface OptionDescription {
  /** `--json`. */
  readonly long: string;
  readonly short: string | undefined;
  readonly summary: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** Describes a command and its subcommands. Pure. */
export function describeProgram(command: CommandUnknownOpts, path = ''): CommandDescription {
  return {
    path,
    summary: command.summary(),
    options: command
      .createHelp()
      .visibleOptions(command)
      .map(({ long, short, description, required, optional, argChoices }) => ({
        long: long ?? '',
        short,
        summary: description,
        takesValue: required || optional,
        choices: argChoices ?? [],
      })),
    subcommands: command.commands.map((sub) => describeProgram(sub, `${path} ${sub.name()}`.trim())),
  };
}
