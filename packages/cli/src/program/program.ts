import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Start } from '../command/context.js';
import { commands } from '../commands/index.js';
import { completionCommand } from './completion-command.js';

const DESCRIPTION = 'Runs, watches and explains runs of the OpenAI Codex CLI.';

const FOOTER = `
Exit codes: 0 done, 1 failed, 2 wrong arguments, 130 ended by Ctrl-C.
\`codex-rx COMMAND --help\` explains a command.`;

/** Where the parser writes. */
export type Output = Readonly<Record<'stdout' | 'stderr', NodeJS.WriteStream>>;

/** The command line with all commands. Its parser throws a `CommanderError` instead of exiting. */
export function createProgram(version: string, start: Start, { stdout, stderr }: Output): CommandUnknownOpts {
  const program: CommandUnknownOpts = new Command('codex-rx')
    .description(DESCRIPTION)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError('Try `codex-rx --help`.')
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => stdout.columns || 80,
      getErrHelpWidth: () => stderr.columns || 80,
      getOutHasColors: () => stdout.isTTY && stdout.hasColors(),
      getErrHasColors: () => stderr.isTTY && stderr.hasColors(),
    })
    .configureHelp({ styleTitle: (title) => `\u001b[1m${title}\u001b[22m` })
    .addHelpText('after', FOOTER);
  for (const create of [...commands, () => completionCommand(start, program)])
    program.addCommand(inherit(create(start), program, 'codex-rx'));
  return program;
}

/** Gives a command and its subcommands the settings of their parent. */
function inherit(command: CommandUnknownOpts, parent: CommandUnknownOpts, path: string): CommandUnknownOpts {
  const own = `${path} ${command.name()}`;
  command.copyInheritedSettings(parent).helpOption('-h, --help', 'print this help').helpCommand(false);
  command.showHelpAfterError(`Try \`${own} --help\`.`);
  for (const sub of command.commands) inherit(sub, command, own);
  return command;
}
