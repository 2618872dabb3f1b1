import { Command, Option } from '@commander-js/extra-typings';
import type { Start } from '../../command/context.js';
import { parseDuration } from '../../command/parse-duration.js';

/** `codex-rx run`. */
export const runCommand = (start: Start) =>
  new Command('run')
    .summary('run a prompt and show what the agent does')
    .description(
      'Runs a prompt with your Codex CLI, your login and your configuration, and shows a timeline of what the agent ' +
        'does. Ctrl-C ends the run and every process that it started. The CLI is that of CODEX_BINARY, else the ' +
        '`codex` on PATH.',
    )
    .argument('<prompt>', 'what the agent shall do; - reads it from standard input')
    .option('-C, --cwd <folder>', 'the folder to work in (default: the current one)')
    .addOption(
      new Option('-s, --sandbox <mode>', 'what the agent may do (default: that of your configuration)').choices([
        'read-only',
        'workspace-write',
        'danger-full-access',
      ] as const),
    )
    .option('-m, --model <name>', 'the model (default: that of your configuration)')
    .option('--timeout <duration>', 'end the turn after this time, such as 30m (default: no limit)', parseDuration)
    .option(
      '--idle-timeout <duration>',
      'end the run without activity for this time, such as 5m, or ten times as long while a command or a question is open',
      parseDuration,
    )
    .option('--resume <session>', 'continue a session: its id, its name, or latest')
    .option('--skip-git-repo-check', 'also run in a folder that is not a Git repository')
    .option('--json', 'print the events as JSON lines instead of the timeline')
    .option('--log <file>', 'also write the events to this file, for watch and report')
    .option('--report <file>', 'write a report of the run to this HTML file')
    .addOption(
      new Option('--transport <name>', 'how to reach the CLI')
        .choices(['exec', 'app-server'] as const)
        .default('exec' as const),
    )
    .addOption(
      new Option('--approval-policy <policy>', 'when the agent asks you, with --transport app-server').choices([
        'untrusted',
        'on-request',
        'never',
      ] as const),
    )
    .addHelpText(
      'after',
      `
Examples:
  codex-rx run "Explain this project." --sandbox read-only
  codex-rx run "Make the tests pass." --sandbox workspace-write --timeout 30m --log ../run.jsonl
  codex-rx run "Add a test." --transport app-server --approval-policy untrusted
  git diff | codex-rx run - --resume latest

Exit codes: 0 the turn was completed, 1 it was not, 2 wrong arguments, 130 ended by Ctrl-C.`,
    )
    .action((prompt, options) => {
      start(async (context) => (await import('./run.js')).run({ prompt, ...options }, context));
    });
