import { Argument, Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Start } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { completionScript, SHELLS } from './completion-scripts.js';
import { describeProgram } from './describe-program.js';

/** `codex-rx completion`, for all commands of `program`. */
export const completionCommand = (start: Start, program: CommandUnknownOpts) =>
  new Command('completion')
    .summary('print a completion script for your shell')
    .description('Prints a completion script.')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText(
      'after',
      `
Examples:
  codex-rx completion bash > ~/.local/share/bash-completion/completions/codex-rx
  codex-rx completion zsh > ~/.zfunc/_codex-rx
  codex-rx completion fish > ~/.config/fish/completions/codex-rx.fish`,
    )
    .action((shell) => {
      start(({ stdout }) => {
        stdout.write(completionScript(shell, describeProgram(program)));
        return Promise.resolve(EXIT.ok);
      });
    });
